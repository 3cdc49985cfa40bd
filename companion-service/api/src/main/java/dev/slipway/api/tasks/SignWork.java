package dev.slipway.api.tasks;

/**
 * What to sign; the bytes come from {@code GET /sign-tasks/{id}/payloads}.
 *
 * @param purpose {@code build} or {@code metadata}
 * @param keyid 16 hexadecimal digits
 */
public record SignWork(long signTaskId, String purpose, String keyid, String fingerprint, int payloadCount)
        implements Work {}
