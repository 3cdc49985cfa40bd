package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of any kind.
 *
 * @param kind {@code build}, {@code test} or {@code sign}
 * @param state {@code blocked}, {@code ready}, {@code running}, {@code succeeded}, {@code failed}, {@code error}, {@code
 *     excluded}, {@code cancelling} or {@code cancelled}
 * @param status 0 idle, 1 started, 2 completed, 3 failed, 4 excluded, 5 cancelled
 * @param slot who may claim it, such as {@code build:rpm:x86_64}
 * @param platform null for a sign task
 * @param worker who has it or had it last
 * @param errorCode stable word for the cause, for programs
 * @param error one line for people
 * @param commitHash of a build task, the commit its source was taken from
 * @param logSize bytes of log so far
 * @param history every time that it was handed out
 */
public record Task(
        long id,
        String kind,
        String state,
        int status,
        String statusName,
        String slot,
        String arch,
        @Nullable String platform,
        @Nullable Long buildId,
        int priority,
        int attempts,
        int maxAttempts,
        int timeoutSeconds,
        @Nullable String worker,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable String commitHash,
        long logSize,
        String logHref,
        Instant createdAt,
        @Nullable Instant readyAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Artifact> artifacts,
        List<TestCase> cases,
        List<Attempt> history) {
    public Task {
        artifacts = Copies.list(artifacts);
        cases = Copies.list(cases);
        history = Copies.list(history);
    }

    /**
     * @param outcome how it ended; {@code lost} when the lease ran out; null while it lasts
     */
    public record Attempt(
            int generation,
            String worker,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String message) {}
}
