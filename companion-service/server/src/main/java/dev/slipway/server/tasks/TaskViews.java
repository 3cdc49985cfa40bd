package dev.slipway.server.tasks;

import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.server.database.Queries;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tasks and their parts as the API shows them. */
public final class TaskViews {
    private TaskViews() {}

    /**
     * A task with all its parts.
     *
     * @throws dev.slipway.server.http.ProblemException 404 when there is no such task
     */
    public static Task of(long id, StatelessSession session) {
        return Sql.one(
                        session,
                        "select " + TaskRow.COLUMNS + """
                                , w.name as worker_name,
                                  (select p.name from build_task bt join platform p on p.id = bt.platform_id
                                    where bt.task_id = t.id
                                    union all
                                   (select p.name from test_run r
                                      join build_task bt on bt.task_id = r.build_task_id
                                      join platform p on p.id = bt.platform_id
                                     where r.task_id = t.id limit 1)
                                    limit 1) as platform_name
                                  from task t left join worker w on w.id = t.worker_id
                                 where t.id = ?
                                """,
                        row -> view(
                                TaskRow.read(row),
                                row.textOrNull("worker_name"),
                                row.textOrNull("platform_name"),
                                session),
                        id)
                .orElseThrow(() -> TaskProblems.noTask(id));
    }

    private static Task view(
            TaskRow task, @Nullable String worker, @Nullable String platform, StatelessSession session) {
        return new Task(
                task.id(),
                task.kind(),
                task.state().word(),
                task.state().status(),
                task.state().statusName(),
                task.slot(),
                task.arch(),
                platform,
                task.buildId(),
                task.priority(),
                task.attempts(),
                task.maxAttempts(),
                task.timeoutSeconds(),
                worker,
                task.errorCode(),
                task.error(),
                commitHash(task),
                task.logSize(),
                logHref(task.id()),
                task.createdAt(),
                task.readyAt(),
                task.startedAt(),
                task.finishedAt(),
                artifacts(task.id(), session),
                task.kind().equals("test") ? cases(task.id(), session) : List.of(),
                history(task.id(), session));
    }

    private static @Nullable String commitHash(TaskRow task) {
        return task.result() == null || !task.result().hasNonNull("commit_hash")
                ? null
                : task.result().get("commit_hash").asText();
    }

    /** Where the log of a task is served. */
    public static String logHref(long taskId) {
        return "/api/v1/tasks/" + taskId + "/log";
    }

    /** What a task made. */
    public record Made(long taskId, Artifact artifact) {
        static final String SELECT =
                "select task_id, id, name, type, blob_sha256, size, package_id from artifact where task_id = ";

        static Made read(Row row) throws SQLException {
            return new Made(row.number("task_id"), readArtifact(row));
        }
    }

    /** Adds the query of what the build tasks of these builds made. */
    public static List<Made> madeByBuilds(Queries queries, Collection<Long> buildIds) {
        return queries.add(
                Made.SELECT + "any(array(select task_id from build_task where build_id = any(?)))",
                Made::read,
                buildIds);
    }

    /** The artifacts of each task, in their order. */
    public static Map<Long, List<Artifact>> byTask(List<Made> made) {
        return made.stream()
                .sorted(Comparator.comparingLong(each -> each.artifact().id()))
                .collect(Collectors.groupingBy(Made::taskId, Collectors.mapping(Made::artifact, Collectors.toList())));
    }

    private static List<Artifact> artifacts(long taskId, StatelessSession session) {
        return Sql.list(session, Made.SELECT + "? order by id", TaskViews::readArtifact, taskId);
    }

    private static Artifact readArtifact(Row row) throws SQLException {
        String sha256 = row.text("blob_sha256");
        return new Artifact(
                row.number("id"),
                row.text("name"),
                shownType(row.text("type")),
                "/api/v1/blobs/sha256/" + sha256,
                sha256,
                row.number("size"),
                row.numberOrNull("package_id"));
    }

    /** The founding document's words where it has one. */
    private static String shownType(String type) {
        return switch (type) {
            case "src_rpm" -> "rpm";
            case "log" -> "build_log";
            default -> type;
        };
    }

    /** The cases of a test task, in the order in which they were reported. */
    public static List<TestCase> cases(long taskId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select name, status, duration_ms, output, package_name from test_case where task_id = ? order by position
                """,
                row -> new TestCase(
                        row.text("name"),
                        row.text("status"),
                        row.numberOrNull("duration_ms"),
                        row.textOrNull("output"),
                        row.textOrNull("package_name")),
                taskId);
    }

    private static List<Task.Attempt> history(long taskId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select generation, worker_name, started_at, ended_at, outcome, message from task_attempt
                 where task_id = ? order by generation
                """,
                row -> new Task.Attempt(
                        row.integer("generation"),
                        row.text("worker_name"),
                        row.instant("started_at"),
                        row.instantOrNull("ended_at"),
                        row.textOrNull("outcome"),
                        row.textOrNull("message")),
                taskId);
    }
}
