package dev.slipway.api.builds;

import dev.slipway.api.Copies;
import dev.slipway.api.platforms.PlatformSummary;
import dev.slipway.api.tasks.Artifact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of the kind build: one source for one platform and architecture.
 *
 * @param ts when its worker was last heard of, or when it ended
 * @param status 0 idle, 1 started, 2 completed, 3 failed, 4 excluded, 5 cancelled
 * @param statusName the word for it
 * @param state the finer word, as in {@link dev.slipway.api.tasks.Task}
 * @param index the source's place in the request
 * @param arch {@code src} for the task that makes the source package
 * @param errorCode stable word for the cause, for programs
 * @param error one line for people
 * @param logHref the whole log, while it is written and afterwards
 */
public record BuildTask(
        long id,
        @Nullable Instant ts,
        int status,
        String statusName,
        String state,
        int index,
        String arch,
        PlatformSummary platform,
        Ref ref,
        List<Artifact> artifacts,
        int attempts,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String logHref) {
    public BuildTask {
        artifacts = Copies.list(artifacts);
    }

    /** The same task with what it made. */
    public BuildTask withArtifacts(List<Artifact> made) {
        return new BuildTask(
                id,
                ts,
                status,
                statusName,
                state,
                index,
                arch,
                platform,
                ref,
                made,
                attempts,
                errorCode,
                error,
                startedAt,
                finishedAt,
                logHref);
    }

    /** @param gitCommitHash what the ref was when the source package was made */
    public record Ref(
            String url,
            @Nullable String gitRef,
            RefType refType,
            @Nullable String gitCommitHash) {}
}
