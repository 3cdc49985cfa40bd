package dev.slipway.api.signing;

/**
 * Exact bytes to sign.
 *
 * @param kind {@code rpm-header}: answer with one binary OpenPGP signature packet over the bytes; {@code detached}: with
 *     an armored detached signature; {@code clearsigned}: with the whole clear-signed text
 * @param name what they are, for people: a file name or a path
 * @param sha256 of exactly these bytes, to be checked before signing
 * @param size in bytes
 * @param url answers exactly these bytes
 */
public record SignPayload(long id, String kind, String name, String sha256, long size, String url) {}
