package dev.slipway.api.blobs;

/**
 * A stored blob.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 * @param size in bytes
 * @param url the path of its bytes by digest, which never changes
 */
public record BlobInfo(String name, String sha256, long size, String url) {}
