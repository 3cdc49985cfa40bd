package dev.slipway.packages.buckets;

import org.jspecify.annotations.Nullable;

/**
 * A metadata file that was written.
 *
 * @param sha256 hexadecimal SHA-256 of the file
 * @param size bytes of the file
 * @param rawSha256 hexadecimal SHA-256 of its content, or null when it was not asked for
 * @param rawSize bytes of its content
 * @param buckets how many buckets it has
 * @param built how many of them were not cached
 */
public record AssembledFile(
        String sha256, long size, @Nullable String rawSha256, long rawSize, int buckets, int built) {}
