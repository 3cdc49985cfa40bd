package dev.slipway.api.signing;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one payload.
 *
 * @param signature base64 of what the payload's kind asks for
 */
public record PayloadSignature(@Nullable Long payloadId, byte @Nullable [] signature) {}
