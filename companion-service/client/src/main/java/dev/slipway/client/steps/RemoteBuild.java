package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.builds.BuildRequest.PlatformChoice;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A build: asked for once, followed with the logs of its tasks until the last one has ended. */
final class RemoteBuild implements RemoteWork {
    /** How often more of a log is asked for in vain after its task has ended. */
    private static final int MOST_LAST_LOOKS = 3;

    private final BuildRequest request;
    private final boolean propagate;
    private final boolean wait;

    private final TaskLogs logs = new TaskLogs();
    private final Waits waits = new Waits();
    private @Nullable BuildProgress progress;
    private int lastLooks;

    /**
     * @param propagate whether a build that does not succeed fails the step
     * @param wait whether to follow the build; else the step ends when the companion has taken it
     */
    RemoteBuild(BuildRequest request, boolean propagate, boolean wait) {
        this.request = request;
        this.propagate = propagate;
        this.wait = wait;
    }

    @Override
    public String title() {
        return "Building "
                + Titles.few(request.tasks().stream()
                        .map(source -> BuildProgress.name(source.url()))
                        .toList())
                + " for "
                + Titles.few(
                        request.platforms().stream().map(PlatformChoice::name).toList());
    }

    @Override
    public String waitingFor(Memory memory) {
        Long id = memory.id();
        return id == null ? "asking for a build" : "waiting for build " + id;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) throws IOException {
        Build build = client.builds().create(request, session.memory().key());
        session.memory().id(build.id());
        session.print(
                "Build " + build.id() + ", " + build.tasks().size() + " tasks: " + Links.build(client, build.id()));
        show(build, client, session);
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        Build build = client.builds().get(id(session));
        show(build, client, session);
        if (!wait) {
            return Outcome.succeeded("build " + build.id() + " was asked for", result(build, client));
        }
        boolean told = tell(build, client, session);
        if (!BuildProgress.built(build)) {
            explain(build, client, session);
            return null;
        }
        lastLooks = told ? 0 : lastLooks + 1;
        return lastLooks < MOST_LAST_LOOKS && !toldAll(build) ? null : end(build, client, session);
    }

    private boolean toldAll(Build build) {
        return build.tasks().stream().allMatch(task -> task.startedAt() == null || logs.done(task.id()));
    }

    private static long id(StepSession session) {
        return Objects.requireNonNull(session.memory().id(), "a build that was not asked for");
    }

    /** Whether any log had more. */
    private boolean tell(Build build, SlipwayClient client, StepSession session) throws IOException {
        BuildProgress known = progress;
        if (known == null) {
            known = SeenStates.read(session.memory());
            progress = known;
        }
        boolean more = false;
        for (BuildTask task : build.tasks()) {
            boolean ended = BuildProgress.ended(task.state());
            // The log is told between the beginning and the end.
            if (!ended) {
                say(known.news(task), session);
            }
            boolean moved = false;
            if (task.startedAt() != null) {
                String prefix = "[" + BuildProgress.name(task.ref().url()) + " "
                        + task.platform().name() + "/" + task.arch() + "] ";
                moved = logs.print(build.id(), task.id(), prefix, Links.task(client, task.logHref()), client, session);
            }
            if (ended && (!moved || logs.done(task.id()))) {
                say(known.news(task), session);
            }
            more |= moved;
        }
        SeenStates.note(known, session);
        return more;
    }

    private static void say(@Nullable String line, StepSession session) {
        if (line != null) {
            session.print(line);
        }
    }

    private void explain(Build build, SlipwayClient client, StepSession session) throws IOException {
        BuildTask ready = null;
        for (BuildTask task : build.tasks()) {
            if (task.state().equals("running")) {
                waits.over();
                return;
            }
            if (ready == null && task.state().equals("ready")) {
                ready = task;
            }
        }
        if (ready != null) {
            waits.waiting(ready.id(), client, session);
        }
    }

    private Outcome end(Build build, SlipwayClient client, StepSession session) {
        String error = build.error();
        String message = "build " + build.id() + " " + build.state() + (error == null ? "" : ": " + error);
        session.print("Build " + build.id() + " " + build.state());
        if (!BuildProgress.succeeded(build) && propagate) {
            return Outcome.failed(message + " (" + Links.build(client, build.id()) + ")");
        }
        return Outcome.succeeded(message, result(build, client));
    }

    private static Map<String, Object> result(Build build, SlipwayClient client) {
        String base = client.api().base();
        return Plain.map(
                "id", build.id(),
                "url", Links.build(client, build.id()),
                "state", build.state(),
                "tasks", Plain.tasks(build, base),
                "packages", Plain.packages(build, base),
                "repositories", Plain.repositories(build, base));
    }

    static void show(Build build, SlipwayClient client, StepSession session) {
        session.show(new Snapshot.BuildSeen(
                build, Links.build(client, build.id()), client.api().base()));
    }

    @Override
    public boolean cancel(SlipwayClient client, StepSession session) throws IOException {
        Long id = session.memory().id();
        if (id == null) {
            return true;
        }
        Build build = client.builds().cancel(id);
        show(build, client, session);
        if (BuildProgress.built(build)) {
            session.print("Build " + id + " " + build.state());
            return true;
        }
        return false;
    }
}
