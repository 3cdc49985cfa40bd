package dev.slipway.packages.deb;

/**
 * Size and digests of one file; digests in lower-case hexadecimal digits.
 *
 * @param size in bytes
 */
public record FileDigests(long size, String md5, String sha1, String sha256) {}
