package dev.slipway.api.tasks;

import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a task, until {@code expiresAt} unless renewed by a ping.
 *
 * @param generation counts how often the task was handed out
 * @param renewSeconds how often to ping
 */
public record Lease(UUID id, int generation, Instant expiresAt, int renewSeconds) {}
