package dev.slipway.worker.dnf;

import org.jspecify.annotations.Nullable;

/**
 * A repository as dnf is to use it.
 *
 * @param name letters, digits and {@code .:_+-}
 * @param url http, https or file
 * @param key ASCII-armoured certificates; null uses the repository without a signature check
 * @param priority 1 (first) to 999
 */
public record DnfRepository(
        String name, String url, @Nullable String key, int priority) {}
