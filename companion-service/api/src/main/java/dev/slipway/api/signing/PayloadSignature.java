package dev.slipway.api.signing;

/**
 * The answer to one payload.
 *
 * @param signature base64 of what the payload's kind asks for
 */
public record PayloadSignature(Long payloadId, byte[] signature) {}
