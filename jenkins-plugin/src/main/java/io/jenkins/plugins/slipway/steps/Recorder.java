package io.jenkins.plugins.slipway.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.steps.Snapshot;
import dev.slipway.client.steps.Snapshot.BuildSeen;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.slipway.runs.BuildEntry;
import io.jenkins.plugins.slipway.runs.SlipwayRunAction;
import io.jenkins.plugins.slipway.runs.TaskEntry;
import java.io.IOException;
import java.util.List;

/** Writes what steps saw into the run's page. */
final class Recorder {
    private Recorder() {}

    static void record(@NonNull Run<?, ?> run, @NonNull String server, @NonNull Snapshot snapshot) throws IOException {
        SlipwayRunAction.update(run, action -> put(action, server, snapshot));
    }

    static void put(@NonNull SlipwayRunAction action, @NonNull String server, @NonNull Snapshot snapshot) {
        if (snapshot instanceof BuildSeen seen) {
            action.put(build(server, seen));
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

    private static String id(long id) {
        return Long.toString(id);
    }
}
