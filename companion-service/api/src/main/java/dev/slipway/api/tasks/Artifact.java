package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A file that a task made.
 *
 * @param type {@code rpm} (source packages too), {@code deb}, {@code dsc}, {@code source}, {@code changes}, {@code buildinfo},
 *     {@code build_log} or {@code other}
 * @param href where the companion serves it
 * @param packageId the package that was read from it
 */
public record Artifact(
        long id,
        String name,
        String type,
        String href,
        String sha256,
        long size,
        @Nullable Long packageId) {}
