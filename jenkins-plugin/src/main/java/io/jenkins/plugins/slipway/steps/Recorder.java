package io.jenkins.plugins.slipway.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.Release;
import dev.slipway.api.signing.SignTask;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.steps.Snapshot;
import dev.slipway.client.steps.Snapshot.BuildSeen;
import dev.slipway.client.steps.Snapshot.ComposeSeen;
import dev.slipway.client.steps.Snapshot.ReleaseSeen;
import dev.slipway.client.steps.Snapshot.SigningSeen;
import dev.slipway.client.steps.Snapshot.Tests;
import dev.slipway.client.steps.Snapshot.TestsSeen;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.slipway.runs.BuildEntry;
import io.jenkins.plugins.slipway.runs.ComposeEntry;
import io.jenkins.plugins.slipway.runs.PlanLine;
import io.jenkins.plugins.slipway.runs.ReleaseEntry;
import io.jenkins.plugins.slipway.runs.SignatureEntry;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import io.jenkins.plugins.slipway.runs.TaskEntry;
import io.jenkins.plugins.slipway.runs.TestEntry;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what steps saw into the run's page. */
final class Recorder {
    private Recorder() {}

    static void record(@NonNull Run<?, ?> run, @NonNull String server, @NonNull Snapshot snapshot) throws IOException {
        SlipwayRunAction.update(run, action -> put(action, server, snapshot));
    }

    static void put(@NonNull SlipwayRunAction action, @NonNull String server, @NonNull Snapshot snapshot) {
        if (snapshot instanceof BuildSeen seen) {
            action.put(build(server, seen));
        } else if (snapshot instanceof TestsSeen seen) {
            seen.tests().forEach(tests -> action.put(test(server, seen.buildId(), tests)));
        } else if (snapshot instanceof SigningSeen seen) {
            action.put(signature(server, seen));
        } else if (snapshot instanceof ComposeSeen seen) {
            action.put(compose(server, seen));
        } else if (snapshot instanceof ReleaseSeen seen) {
            action.put(release(server, seen));
        }
    }

    private static BuildEntry build(String server, BuildSeen seen) {
        Build build = seen.build();
        List<TaskEntry> tasks = build.tasks().stream()
                .map(task -> new TaskEntry(
                        server,
                        id(task.id()),
                        seen.address(task.logHref()),
                        task.state(),
                        task.error(),
                        BuildProgress.name(task.ref().url()),
                        task.platform().name(),
                        task.arch()))
                .toList();
        return new BuildEntry(server, id(build.id()), seen.url(), build.state(), build.error(), tasks);
    }

    private static TestEntry test(String server, long buildId, Tests tests) {
        return new TestEntry(
                server,
                id(tests.id()),
                tests.url(),
                tests.state(),
                tests.error(),
                id(buildId),
                tests.platform(),
                tests.arch(),
                tests.passed(),
                tests.skipped(),
                tests.failures());
    }

    private static SignatureEntry signature(String server, SigningSeen seen) {
        SignTask task = seen.task();
        return new SignatureEntry(
                server,
                id(task.id()),
                seen.url(),
                task.statusName().replace(' ', '_'),
                task.errorMessage(),
                task.buildId() == null ? "" : id(task.buildId()),
                task.signKey().name(),
                task.signKey().fingerprint(),
                task.signedCount());
    }

    private static ComposeEntry compose(String server, ComposeSeen seen) {
        Compose compose = seen.compose();
        return new ComposeEntry(
                server,
                id(compose.id()),
                seen.url(),
                compose.stateName(),
                compose.stateReason(),
                compose.reusedId() != null,
                compose.packageCount() == null ? 0 : compose.packageCount(),
                compose.timeToExpire().toEpochMilli());
    }

    private static ReleaseEntry release(String server, ReleaseSeen seen) {
        Release release = seen.release();
        return new ReleaseEntry(
                server,
                seen.dryRun() ? Messages.Recorder_dryRun() : id(release.id()),
                seen.url(),
                release.statusName().replace(' ', '_'),
                release.error(),
                release.platform(),
                release.distribution(),
                seen.dryRun(),
                release.plan().packages().stream().map(Recorder::line).toList(),
                seen.checks().stream()
                        .filter(check -> !check.state().equals("green"))
                        .map(check -> check.state() + " " + check.check() + ": " + check.message())
                        .toList());
    }

    private static PlanLine line(PlannedPackage planned) {
        return new PlanLine(
                planned.pkg().nevra(),
                planned.excluded()
                        ? "-"
                        : planned.repositories().stream()
                                .map(PlannedTarget::name)
                                .collect(Collectors.joining(", ")));
    }

    private static String id(long id) {
        return Long.toString(id);
    }
}
