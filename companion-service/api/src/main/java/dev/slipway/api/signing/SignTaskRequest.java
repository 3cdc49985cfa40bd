package dev.slipway.api.signing;

import org.jspecify.annotations.Nullable;

/**
 * Asks that every package of a build be signed with a key.
 *
 * @param withoutTests why, although a platform of the build asks for passed tests and some are missing
 */
public record SignTaskRequest(
        Long buildId, Long signKeyId, @Nullable String withoutTests) {
    /** Waives nothing. */
    public SignTaskRequest(Long buildId, Long signKeyId) {
        this(buildId, signKeyId, null);
    }
}
