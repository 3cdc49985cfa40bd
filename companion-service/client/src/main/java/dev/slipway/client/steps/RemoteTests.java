package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.follow.BuildProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tests of a build: those that its end started, or once more. */
final class RemoteTests implements RemoteWork {
    private static final String BEFORE = "before";
    private static final String REVISION = "revision";

    /** What failed tests mean for the run. */
    enum OnFailure {
        FAILURE,
        UNSTABLE,
        IGNORE
    }

    private final long buildId;
    private final boolean rerun;
    private final OnFailure onFailure;

    private final TaskLogs logs = new TaskLogs();
    private final Waits waits = new Waits();
    private @Nullable BuildProgress progress;

    RemoteTests(long buildId, boolean rerun, OnFailure onFailure) {
        this.buildId = buildId;
        this.rerun = rerun;
        this.onFailure = onFailure;
    }

    @Override
    public String title() {
        return "Testing build " + buildId;
    }

    @Override
    public String waitingFor(Memory memory) {
        return "waiting for the tests of build " + buildId;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) {
        // Whether there is anything to ask for depends on the build, so the first look decides.
        session.memory().id(buildId);
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        Build build = client.builds().get(buildId);
        // Perhaps no step of the run follows the build itself.
        RemoteBuild.show(build, client, session);
        if (!BuildProgress.built(build)) {
            if (session.memory().get("early") == null) {
                session.note("early", "yes");
                session.print("Build " + buildId + " is not finished; its tests come then");
            }
            return null;
        }
        if (session.memory().get(REVISION) == null) {
            decide(build, client, session);
            return null;
        }
        tell(build, client, session);
        show(build, List.of(), client, session);
        if (!BuildProgress.tested(build)) {
            explain(build, client, session);
            return null;
        }
        return end(build, client, session);
    }

    /** Finds out which revision of the tests to follow, and has one made where that is wanted. */
    private void decide(Build build, SlipwayClient client, StepSession session) throws IOException {
        Long before = session.memory().number(BEFORE);
        if (before == null) {
            boolean pending = build.testTasks().stream().anyMatch(t -> !BuildProgress.ended(t.state()));
            boolean wanted = build.testTasks().isEmpty() || (rerun && !pending);
            if (!wanted) {
                follow(build.testRevision(), session);
                return;
            }
            session.memory().put(BEFORE, Integer.toString(build.testRevision()));
            session.save();
        } else if (build.testRevision() > before) {
            // The answer to an earlier request was lost.
            follow(build.testRevision(), session);
            return;
        }
        follow(client.tests().restartBuild(buildId).revision(), session);
    }

    private void follow(int revision, StepSession session) throws IOException {
        session.memory().put(REVISION, Integer.toString(revision));
        session.print("Tests of build " + buildId + ", revision " + revision);
        session.save();
    }

    private void tell(Build build, SlipwayClient client, StepSession session) throws IOException {
        BuildProgress known = progress;
        if (known == null) {
            known = SeenStates.read(session.memory());
            progress = known;
        }
        for (Build.TestTask test : build.testTasks()) {
            boolean ended = BuildProgress.ended(test.state());
            if (!ended) {
                say(known.news(test), session);
            }
            if (!test.state().equals("ready") && !test.state().equals("blocked")) {
                String prefix = "[tests " + test.platform() + "/" + test.arch() + "] ";
                logs.print(buildId, test.id(), prefix, log(client, test.id()), client, session);
            }
            if (ended) {
                say(known.news(test), session);
            }
        }
        SeenStates.note(known, session);
    }

    private static void say(@Nullable String line, StepSession session) {
        if (line != null) {
            session.print(line);
        }
    }

    private static String log(SlipwayClient client, long task) {
        return Links.task(client, "/api/v1/tasks/" + task + "/log");
    }

    private void explain(Build build, SlipwayClient client, StepSession session) throws IOException {
        for (Build.TestTask test : build.testTasks()) {
            if (test.state().equals("running")) {
                waits.over();
                return;
            }
        }
        for (Build.TestTask test : build.testTasks()) {
            if (test.state().equals("ready")) {
                waits.waiting(test.id(), client, session);
                return;
            }
        }
    }

    private Outcome end(Build build, SlipwayClient client, StepSession session) throws IOException {
        List<TestReport> reports = new ArrayList<>();
        for (Build.TestTask test : build.testTasks()) {
            Task task = client.tasks().get(test.id());
            reports.add(new TestReport(test, task.cases()));
        }
        show(build, reports, client, session);
        for (TestReport report : reports) {
            for (TestCase failed : report.failed()) {
                session.print("FAILED " + report.place() + " " + failed.name());
            }
        }
        int passed = reports.stream().mapToInt(TestReport::passed).sum();
        int failed = reports.stream().mapToInt(r -> r.failed().size()).sum();
        int skipped = reports.stream().mapToInt(TestReport::skipped).sum();
        boolean good = reports.stream().allMatch(TestReport::good);
        String message = "tests of build " + buildId + ": " + passed + " passed, " + failed + " failed, " + skipped
                + " skipped" + (good || failed > 0 ? "" : "; not all of them could run");
        session.print("T" + message.substring(1));
        Map<String, Object> result = Plain.map(
                "id",
                buildId,
                "revision",
                build.testRevision(),
                "state",
                good ? "passed" : "failed",
                "passed",
                passed,
                "failed",
                failed,
                "skipped",
                skipped,
                "cases",
                cases(reports),
                "junit",
                JUnitXml.of(buildId, reports));
        if (good || onFailure == OnFailure.IGNORE) {
            return Outcome.succeeded(message, result);
        }
        return onFailure == OnFailure.UNSTABLE
                ? new Outcome(Outcome.Kind.UNSTABLE, message, result)
                : new Outcome(Outcome.Kind.FAILED, message, result);
    }

    private static List<Map<String, Object>> cases(List<TestReport> reports) {
        List<Map<String, Object>> cases = new ArrayList<>();
        for (TestReport report : reports) {
            for (TestCase one : report.cases()) {
                cases.add(Plain.map(
                        "name", one.name(),
                        "status", one.status(),
                        "package", one.packageName(),
                        "platform", report.task().platform(),
                        "arch", report.task().arch(),
                        "millis", one.durationMs()));
            }
        }
        return cases;
    }

    private static void show(Build build, List<TestReport> reports, SlipwayClient client, StepSession session) {
        List<Snapshot.Tests> seen = new ArrayList<>();
        for (Build.TestTask test : build.testTasks()) {
            TestReport report = reports.stream()
                    .filter(r -> r.task().id() == test.id())
                    .findFirst()
                    .orElse(new TestReport(test, List.of()));
            seen.add(new Snapshot.Tests(
                    test.id(),
                    log(client, test.id()),
                    test.platform(),
                    test.arch(),
                    test.state(),
                    test.error(),
                    report.passed(),
                    report.skipped(),
                    report.failed().stream().map(TestCase::name).toList()));
        }
        session.show(new Snapshot.TestsSeen(build.id(), seen));
    }

    /** Tests that this step did not wait for yet are none of its own: then nothing is cancelled. */
    @Override
    public boolean cancel(SlipwayClient client, StepSession session) throws IOException {
        if (session.memory().get(REVISION) == null) {
            return true;
        }
        Build build = client.builds().cancel(buildId);
        show(build, List.of(), client, session);
        return BuildProgress.tested(build);
    }
}
