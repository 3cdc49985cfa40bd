package dev.slipway.server.publications;

/**
 * A file of a publication whose bytes are stored.
 *
 * @param path relative to the repository's root
 * @param sha256 digest of the bytes
 */
record StoredFile(String path, String sha256, long size) {}
