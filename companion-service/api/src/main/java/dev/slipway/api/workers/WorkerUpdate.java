package dev.slipway.api.workers;

import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /workers/{id}}. */
public record WorkerUpdate(@Nullable Boolean draining) {}
