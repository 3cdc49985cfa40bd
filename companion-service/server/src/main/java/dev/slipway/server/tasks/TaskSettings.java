package dev.slipway.server.tasks;

import java.time.Duration;

/**
 * How tasks are handed out and kept alive.
 *
 * @param lease how long a worker may stay silent
 * @param renew how often it is asked to say that it lives
 * @param maxAttempts how often a task is handed out before it is given up
 * @param overtime how long past its own time limit a task may be held by a worker that still renews its lease
 * @param logLimit most bytes of one task's log
 * @param artifactLimit most bytes of one uploaded file
 */
public record TaskSettings(
        Duration lease, Duration renew, int maxAttempts, Duration overtime, long logLimit, long artifactLimit) {
    public static final TaskSettings DEFAULTS = new TaskSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(15), 3, Duration.ofMinutes(10), 256L << 20, 16L << 30);
}
