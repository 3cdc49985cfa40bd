package dev.slipway.server.tasks;

import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.server.http.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a report must fulfil before anything is done with it. */
final class ReportCheck {
    private static final Set<String> TYPES =
            Set.of("rpm", "src_rpm", "deb", "dsc", "source", "changes", "buildinfo", "log", "other");
    private static final Set<String> CASE_STATES = Set.of("passed", "failed", "skipped", "error");
    private static final Map<String, TaskState> OUTCOMES = Map.of(
            "succeeded", TaskState.SUCCEEDED,
            "failed", TaskState.FAILED,
            "error", TaskState.ERROR,
            "excluded", TaskState.EXCLUDED);

    private ReportCheck() {}

    /** How the task is to end by this report. */
    static TaskState outcome(TaskReport report) {
        return OUTCOMES.getOrDefault(report.outcome(), TaskState.ERROR);
    }

    /** Refuses a report that is no sensible one (422), naming every fault. */
    static void shape(TaskReport report, String kind) {
        Violations violations = new Violations();
        violations.check(
                OUTCOMES.containsKey(report.outcome()), "/outcome", "is one of succeeded, failed, error, excluded");
        violations.check(
                !report.outcome().equals("excluded") || kind.equals("build"),
                "/outcome",
                "excluded is for builds only");
        violations.check(report.cases().isEmpty() || kind.equals("test"), "/cases", "are for tests only");
        Set<String> names = new HashSet<>();
        List<ReportedArtifact> artifacts = report.artifacts();
        for (int i = 0; i < artifacts.size(); i++) {
            ReportedArtifact artifact = artifacts.get(i);
            violations.check(
                    names.add(artifact.name()), "/artifacts/" + i + "/name", "is there twice: " + artifact.name());
            violations.check(
                    TYPES.contains(artifact.type()),
                    "/artifacts/" + i + "/type",
                    "is one of " + TYPES.stream().sorted().collect(Collectors.joining(", ")));
        }
        List<TestCase> cases = report.cases();
        for (int i = 0; i < cases.size(); i++) {
            violations.check(
                    CASE_STATES.contains(cases.get(i).status()),
                    "/cases/" + i + "/status",
                    "is one of passed, failed, skipped, error");
        }
        violations.throwIfAny();
    }

    /** Refuses a report about files that were not uploaded so under its lease (422). */
    static void uploads(TaskReport report, List<TaskUploads.Uploaded> uploads) {
        Map<String, TaskUploads.Uploaded> byName =
                uploads.stream().collect(Collectors.toMap(TaskUploads.Uploaded::name, Function.identity()));
        Violations violations = new Violations();
        List<ReportedArtifact> artifacts = report.artifacts();
        for (int i = 0; i < artifacts.size(); i++) {
            ReportedArtifact artifact = artifacts.get(i);
            TaskUploads.Uploaded uploaded = byName.get(artifact.name());
            String pointer = "/artifacts/" + i;
            if (uploaded == null) {
                violations.check(false, pointer, artifact.name() + " was not uploaded under this lease");
            } else {
                violations.check(
                        uploaded.sha256().equals(artifact.sha256()),
                        pointer + "/sha256",
                        artifact.name() + " was uploaded with the SHA-256 " + uploaded.sha256());
                violations.check(
                        uploaded.size() == artifact.size(),
                        pointer + "/size",
                        artifact.name() + " was uploaded with " + uploaded.size() + " bytes");
            }
        }
        violations.throwIfAny();
    }
}
