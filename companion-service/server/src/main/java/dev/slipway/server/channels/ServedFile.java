package dev.slipway.server.channels;

/**
 * A file as it is served.
 *
 * @param fixed whether the address always shows these bytes: its name holds their digest, or a package's identity
 */
record ServedFile(String sha256, long size, boolean fixed) {}
