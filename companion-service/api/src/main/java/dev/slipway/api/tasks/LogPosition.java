package dev.slipway.api.tasks;

/** The answer to a piece of log: the offset of the next one, in bytes from the start. */
public record LogPosition(long offset) {}
