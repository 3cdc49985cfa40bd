package dev.slipway.server.blobs;

/**
 * Some bytes in the store.
 *
 * @param sha256 their digest in lower-case hexadecimal: their name
 * @param size in bytes
 */
public record Blob(String sha256, long size) {}
