package dev.slipway.packages.deb;

/**
 * A file that a {@code .dsc}, {@code .changes} or {@code .buildinfo} names.
 *
 * @param name a bare file name: never a path
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record SourceFile(String name, long size, String sha256) {}
