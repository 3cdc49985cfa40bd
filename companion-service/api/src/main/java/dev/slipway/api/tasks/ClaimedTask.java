package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

/**
 * A task as its worker gets it. Exactly one of {@code build}, {@code test} and {@code sign} is there: the one that {@code kind}
 * names.
 *
 * @param arch what it is for; {@code src} for making a source package
 * @param attempt 1 for the first time that it is handed out
 * @param timeoutSeconds of work, after which the worker gives up and reports an error
 */
public record ClaimedTask(
        long id,
        String kind,
        String arch,
        int attempt,
        int timeoutSeconds,
        Lease lease,
        @Nullable BuildWork build,
        @Nullable TestWork test,
        @Nullable SignWork sign) {}
