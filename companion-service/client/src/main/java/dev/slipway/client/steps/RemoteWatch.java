package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Task;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker of our own waits for beside its program: the end of a build, if it works for one. */
final class RemoteWatch implements RemoteWork {
    private final long buildId;
    private final String worker;

    /**
     * @param buildId 0 for no build: then only the program ends the work
     * @param worker the worker's name, whose tasks are counted
     */
    RemoteWatch(long buildId, String worker) {
        this.buildId = buildId;
        this.worker = worker;
    }

    @Override
    public String title() {
        return buildId == 0 ? "Working" : "Working for build " + buildId;
    }

    @Override
    public String waitingFor(Memory memory) {
        return buildId == 0 ? "being a worker" : "being a worker until build " + buildId + " has ended";
    }

    @Override
    public void start(SlipwayClient client, StepSession session) throws IOException {
        if (buildId != 0) {
            client.builds().get(buildId); // an unknown one is said now
        }
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        if (buildId == 0) {
            return null;
        }
        Build build = client.builds().get(buildId);
        RemoteBuild.show(build, client, session);
        if (!BuildProgress.tested(build)) {
            return null;
        }
        return done(count(build, client));
    }

    private int count(Build build, SlipwayClient client) throws IOException {
        List<Long> ids = new ArrayList<>();
        build.tasks().stream().map(BuildTask::id).forEach(ids::add);
        build.testTasks().stream().map(Build.TestTask::id).forEach(ids::add);
        int done = 0;
        for (long id : ids) {
            Task task = client.tasks().get(id);
            done += (int) task.history().stream()
                    .filter(attempt -> attempt.worker().equals(worker))
                    .count();
        }
        return done;
    }

    static Outcome done(int tasks) {
        return Outcome.succeeded("the worker did " + tasks + " tasks", Map.of("tasks", tasks));
    }

    /** Ending its program is all that a worker needs: others take its tasks over when the leases run out. */
    @Override
    public boolean cancel(SlipwayClient client, StepSession session) {
        return true;
    }
}
