package dev.slipway.api.signing;

import org.jspecify.annotations.Nullable;

/** Asks that every package of a build be signed with a key. */
public record SignTaskRequest(
        @Nullable Long buildId, @Nullable Long signKeyId) {}
