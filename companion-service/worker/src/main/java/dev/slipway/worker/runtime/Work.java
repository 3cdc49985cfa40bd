package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.worker.jobs.ArtifactFile;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a task, before it is uploaded and reported.
 *
 * @param outcome the report's word
 * @param message one line, null when it succeeded
 */
record Work(
        String outcome,
        @Nullable String message,
        TaskReport.@Nullable Diagnosis diagnosis,
        List<ArtifactFile> files,
        @Nullable String commit,
        List<String> rootPackages,
        List<TestCase> cases) {
    static Work error(String message) {
        return new Work("error", message, null, List.of(), null, List.of(), List.of());
    }

    static Work done() {
        return new Work("succeeded", null, null, List.of(), null, List.of(), List.of());
    }

    TaskReport report(UUID lease, List<ReportedArtifact> uploaded) {
        return new TaskReport(
                lease,
                outcome,
                message,
                diagnosis,
                uploaded,
                commit,
                rootPackages.isEmpty() ? null : new TaskReport.Environment(rootPackages),
                cases);
    }
}
