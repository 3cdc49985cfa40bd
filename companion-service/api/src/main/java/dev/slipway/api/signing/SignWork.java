package dev.slipway.api.signing;

/**
 * The {@code sign} part of a claimed task.
 *
 * @param purpose {@code build} or {@code metadata}
 * @param keyid the key to sign with
 * @param fingerprint its primary key's fingerprint; a worker takes the key by this
 * @param payloadCount how many payloads there are in all, signed ones included
 */
public record SignWork(long signTaskId, String purpose, String keyid, String fingerprint, int payloadCount) {}
