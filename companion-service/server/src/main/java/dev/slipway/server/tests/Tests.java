package dev.slipway.server.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.api.tests.TestRestart;
import dev.slipway.api.tests.TestResult;
import dev.slipway.api.tests.TestRun;
import dev.slipway.server.builds.BuildRow;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tasks.TaskEnds;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.tasks.TaskViews;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tests of builds: run again, shown, and decided by outside test systems. */
public final class Tests {
    private final TestPlanner planner;
    private final TaskStore store;
    private final TaskEnds ends;

    Tests(TestPlanner planner, TaskStore store, TaskEnds ends) {
        this.planner = planner;
        this.store = store;
        this.ends = ends;
    }

    /**
     * Tests all packages of a build once more.
     *
     * @param expected refuses the build, locked by then, when it is not the one that the caller has seen
     */
    TestRestart restartBuild(long buildId, Runnable expected, StatelessSession session) {
        BuildRow build = BuildRow.lock(buildId, session).orElseThrow(() -> ProblemException.notFound("build", buildId));
        expected.run();
        return restart(build, null, session);
    }

    /**
     * Tests the packages of one build task once more.
     *
     * @param expected refuses the task, whose build is locked by then, when it is not the one that the caller has seen
     */
    TestRestart restartBuildTask(long buildTaskId, Runnable expected, StatelessSession session) {
        long buildId = buildOf(buildTaskId, session);
        BuildRow build = BuildRow.lock(buildId, session).orElseThrow();
        expected.run();
        return restart(build, buildTaskId, session);
    }

    /** @throws ProblemException 404 for no such build task */
    static long buildOf(long buildTaskId, StatelessSession session) {
        return Sql.one(
                        session,
                        "select build_id from build_task where task_id = ?",
                        row -> row.number("build_id"),
                        buildTaskId)
                .orElseThrow(() -> ProblemException.notFound("build task", buildTaskId));
    }

    private TestRestart restart(BuildRow build, @Nullable Long buildTaskId, StatelessSession session) {
        if (build.finishedAt() == null) {
            throw ProblemException.conflict(
                    "build " + build.id() + " is not finished: its tests come by themselves then");
        }
        boolean running = Sql.exists(session, """
                select 1 from task t join test_run r on r.task_id = t.id
                 where t.build_id = ? and t.kind = 'test' and t.finished_at is null
                   and (?::bigint is null or r.build_task_id = ?) limit 1
                """, build.id(), buildTaskId, buildTaskId);
        if (running) {
            throw ProblemException.conflict(
                    "tests of build " + build.id() + " are under way: wait for them or cancel them");
        }
        TestPlanner.Made made = planner.again(build, buildTaskId, session);
        if (made.taskIds().isEmpty()) {
            throw ProblemException.conflict("build " + build.id() + " has no packages to test");
        }
        return new TestRestart(made.revision(), made.taskIds());
    }

    /** The tests of a build task's newest revision. */
    List<TestRun> latest(long buildTaskId, StatelessSession session) {
        buildOf(buildTaskId, session);
        return runs(
                "r.build_task_id = ? and r.revision = (select max(revision) from test_run where build_task_id = ?)",
                session,
                buildTaskId,
                buildTaskId);
    }

    /** The tests of one revision. */
    List<TestRun> revision(long buildTaskId, int revision, StatelessSession session) {
        buildOf(buildTaskId, session);
        return runs("r.build_task_id = ? and r.revision = ?", session, buildTaskId, revision);
    }

    /**
     * Takes an outside test system's result of one package's test. When all tests of the task are decided, the task ends.
     *
     * @param userId whose token brings it; a task that a worker holds is that worker's to report
     */
    TestRun decide(long runId, TestResult result, long userId, StatelessSession session) {
        long taskId = Sql.one(session, "select task_id from test_run where id = ?", row -> row.number("task_id"), runId)
                .orElseThrow(() -> ProblemException.notFound("test", runId));
        TaskRow task = store.lock(taskId, session).orElseThrow();
        TestRun before = get(runId, session);
        JsonNode content = Json.mapper().valueToTree(result.result());
        if (TestStatus.of(before.status()).isFinal()) {
            if (content.equals(Json.mapper().valueToTree(before.altsResponse()))) {
                return before;
            }
            throw ProblemException.conflict("test " + runId + " has its result already; restart it for another one");
        }
        if (task.state().isLeased() && !Objects.equals(task.leaseUserId(), userId)) {
            throw ProblemException.conflict("a worker is running test " + runId);
        }
        List<TestCase> cases = FoundingResult.cases(result.result(), before.packageName());
        TestTaskKind.store(taskId, cases, session);
        Sql.update(
                session,
                "update test_run set status = ?, result = ? where id = ?",
                FoundingResult.status(result.result(), cases).number(),
                content,
                runId);
        endWhenDecided(task, session);
        return get(runId, session);
    }

    private void endWhenDecided(TaskRow task, StatelessSession session) {
        List<TestStatus> statuses = Sql.list(
                session,
                "select status from test_run where task_id = ?",
                row -> TestStatus.of(row.integer("status")),
                task.id());
        if (!statuses.stream().allMatch(TestStatus::isFinal) || task.state().hasEnded()) {
            return;
        }
        long failed = statuses.stream().filter(TestStatus.FAILED::equals).count();
        if (failed > 0) {
            ends.end(
                    task,
                    TaskEnds.End.of(TaskState.FAILED, "TESTS_FAILED", "tests of " + failed + " packages failed"),
                    session);
        } else if (statuses.contains(TestStatus.COMPLETED)) {
            ends.end(task, new TaskEnds.End(TaskState.SUCCEEDED, null, null, null, null), session);
        } else {
            ends.end(task, TaskEnds.End.of(TaskState.CANCELLED, "CANCELLED", "revoked by the test system"), session);
        }
    }

    static TestRun get(long runId, StatelessSession session) {
        return runs("r.id = ?", session, runId).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("test", runId));
    }

    private static List<TestRun> runs(String condition, StatelessSession session, Object... parameters) {
        record Found(long taskId, TestRun run) {}
        Map<Long, List<TestCase>> cases = new HashMap<>();
        List<Found> found = Sql.list(
                session,
                """
                select r.id, r.package_name, r.package_version, r.package_release, r.package_arch, r.status, r.revision,
                       r.result, r.task_id, t.state
                  from test_run r join task t on t.id = r.task_id where
                """ + condition + " order by r.id",
                row -> new Found(row.number("task_id"), view(row, List.of())),
                parameters);
        return found.stream()
                .map(each -> with(each.run(), cases.computeIfAbsent(each.taskId(), id -> TaskViews.cases(id, session))))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static TestRun view(Row row, List<TestCase> cases) throws SQLException {
        TestStatus status = TestStatus.of(row.integer("status"));
        if (!status.isFinal()) {
            status = TestStatus.of(TaskState.of(row.text("state")));
        }
        JsonNode result = row.jsonOrNull("result");
        return new TestRun(
                row.number("id"),
                row.text("package_name"),
                row.text("package_version"),
                row.textOrNull("package_release"),
                row.text("package_arch"),
                status.number(),
                status.word(),
                row.integer("revision"),
                result == null ? Map.of() : Json.mapper().convertValue(result, Map.class),
                row.number("task_id"),
                cases);
    }

    private static TestRun with(TestRun run, List<TestCase> ofTask) {
        List<TestCase> own = ofTask.stream()
                .filter(each -> each.packageName() == null || each.packageName().equals(run.packageName()))
                .toList();
        return new TestRun(
                run.id(),
                run.packageName(),
                run.packageVersion(),
                run.packageRelease(),
                run.packageArch(),
                run.status(),
                run.statusName(),
                run.revision(),
                run.altsResponse(),
                run.taskId(),
                own);
    }
}
