package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /tasks/{id}/report}: how a task ended. Sent again unchanged it has no further effect.
 *
 * @param outcome {@code succeeded}, {@code failed} (the work ran and said no), {@code error} (it could not run) or {@code
 *     excluded} (a build whose source says that it isn't for this architecture)
 * @param message one line for people
 * @param diagnosis the cause that was found in the log
 * @param artifacts files uploaded before
 * @param commitHash of a source task, the commit that was taken
 * @param environment what the root held
 * @param cases of a test task
 */
public record TaskReport(
        UUID leaseId,
        String outcome,
        @Nullable String message,
        @Nullable Diagnosis diagnosis,
        List<ReportedArtifact> artifacts,
        @Nullable String commitHash,
        @Nullable Environment environment,
        List<TestCase> cases) {
    public TaskReport {
        artifacts = Copies.list(artifacts);
        cases = Copies.list(cases);
    }

    /** @param code stable word, such as {@code UNMET_DEPENDENCY} */
    public record Diagnosis(@Nullable String code, @Nullable String message) {}

    /** @param packages name and version of every package in the root */
    public record Environment(List<String> packages) {
        public Environment {
            packages = Copies.list(packages);
        }
    }
}
