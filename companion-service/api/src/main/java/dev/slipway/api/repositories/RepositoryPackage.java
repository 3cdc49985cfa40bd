package dev.slipway.api.repositories;

import org.jspecify.annotations.Nullable;

/**
 * A package in a repository's version.
 *
 * @param nevra the identity in the format's own spelling: {@code name-[epoch:]version-release.arch} or
 *     {@code name_version_arch}
 * @param location where the file is, relative to the repository's address
 */
public record RepositoryPackage(
        long id,
        String name,
        @Nullable Integer epoch,
        String version,
        @Nullable String release,
        String arch,
        String nevra,
        String sourceName,
        String summary,
        String location,
        String sha256,
        long size) {}
