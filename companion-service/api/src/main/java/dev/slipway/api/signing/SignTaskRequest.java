package dev.slipway.api.signing;

/** Asks that every package of a build be signed with a key. */
public record SignTaskRequest(Long buildId, Long signKeyId) {}
