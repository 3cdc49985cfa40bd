package dev.slipway.server.tests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.api.tasks.TestWork;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.tasks.TaskKind;
import dev.slipway.server.tasks.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tasks of the kind test. */
final class TestTaskKind implements TaskKind {
    private static final int LONGEST_OUTPUT = 64 << 10;

    private final TestWorkDescription description = new TestWorkDescription();

    @Override
    public String kind() {
        return TestPlanner.KIND;
    }

    @Override
    public Map<Long, TestWork> describe(List<TaskRow> tasks, StatelessSession session) {
        return tasks.stream().collect(Collectors.toMap(TaskRow::id, task -> description.of(task, session)));
    }

    @Override
    public void reported(TaskRow task, TaskReport report, @Nullable Prepared prepared, StatelessSession session) {
        // of an attempt whose lease was lost there are none: its report was refused
        store(task.id(), report.cases(), session);
        for (Run run : Run.of(task.id(), session)) {
            List<TestCase> own = report.cases().stream()
                    .filter(each ->
                            each.packageName() == null || each.packageName().equals(run.packageName()))
                    .toList();
            TestStatus status = status(report, own);
            Sql.update(
                    session,
                    "update test_run set status = ?, result = ? where id = ?",
                    status.number(),
                    result(report, own),
                    run.id());
        }
    }

    record Run(long id, String packageName) {
        static List<Run> of(long taskId, StatelessSession session) {
            return Sql.list(
                    session,
                    "select id, package_name from test_run where task_id = ? order by id",
                    row -> new Run(row.number("id"), row.text("package_name")),
                    taskId);
        }
    }

    private static TestStatus status(TaskReport report, List<TestCase> own) {
        if (report.outcome().equals("error")) {
            return TestStatus.FAILED;
        }
        boolean bad = own.stream().anyMatch(each -> isBad(each.status()));
        boolean unexplained =
                report.outcome().equals("failed") && report.cases().stream().noneMatch(each -> isBad(each.status()));
        return bad || unexplained ? TestStatus.FAILED : TestStatus.COMPLETED;
    }

    private static boolean isBad(String status) {
        return status.equals("failed") || status.equals("error");
    }

    /** In the form that test systems report in: each test with whether it succeeded. */
    private static ObjectNode result(TaskReport report, List<TestCase> cases) {
        ObjectNode result = Json.mapper().createObjectNode();
        if (report.message() != null) {
            result.put("message", report.message());
        }
        ObjectNode tests = result.putObject("tests");
        for (TestCase each : cases) {
            ObjectNode test = tests.putObject(each.name());
            test.put("success", !isBad(each.status()));
            test.put("status", each.status());
        }
        return result;
    }

    /** Stores cases behind those that the task has. */
    static void store(long taskId, List<TestCase> cases, StatelessSession session) {
        long position =
                Sql.number(session, "select coalesce(max(position) + 1, 0) from test_case where task_id = ?", taskId);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TestCase each : cases) {
            rows.add(new @Nullable Object[] {
                taskId,
                position++,
                each.name(),
                each.status(),
                each.durationMs(),
                tail(each.output()),
                each.packageName()
            });
        }
        Sql.batch(session, """
                insert into test_case (task_id, position, name, status, duration_ms, output, package_name)
                values (?, ?, ?, ?, ?, ?, ?)
                """, rows);
    }

    private static @Nullable String tail(@Nullable String output) {
        String clean = output == null ? null : output.replace('\0', '?');
        return clean == null || clean.length() <= LONGEST_OUTPUT
                ? clean
                : clean.substring(clean.length() - LONGEST_OUTPUT);
    }

    @Override
    public void ended(TaskRow task, StatelessSession session) {
        // what no report has decided goes as the task went
        Sql.update(
                session,
                "update test_run set status = ? where task_id = ? and status < ?",
                TestStatus.of(task.state()).number(),
                task.id(),
                TestStatus.COMPLETED.number());
    }
}
