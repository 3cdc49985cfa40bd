package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.tasks.TaskState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** The test tasks of builds: of each build task the newest revision's, with the founding document's numbers for tests. */
final class BuildTestTasks {
    private static final List<String> NAMES = List.of("created", "started", "completed", "failed", "cancelled");

    private BuildTestTasks() {}

    /** By build, oldest first. */
    static Map<Long, List<Build.TestTask>> ofBuilds(Collection<Long> builds, StatelessSession session) {
        record Owned(long buildId, Build.TestTask task) {}
        return Sql.list(session, """
                select distinct t.build_id, t.id, t.arch, t.state, t.error, r.revision, p.name as platform
                  from task t
                  join test_run r on r.task_id = t.id
                  join build_task bt on bt.task_id = r.build_task_id
                  join platform p on p.id = bt.platform_id
                 where t.build_id = any(?) and t.kind = 'test'
                   and r.revision = (select max(n.revision) from test_run n where n.build_task_id = r.build_task_id)
                 order by t.id
                """, row -> new Owned(row.number("build_id"), read(row)), builds).stream()
                .collect(Collectors.groupingBy(Owned::buildId, Collectors.mapping(Owned::task, Collectors.toList())));
    }

    private static Build.TestTask read(Row row) throws SQLException {
        TaskState state = TaskState.of(row.text("state"));
        int status = switch (state) {
            case BLOCKED, READY -> 1;
            case RUNNING, CANCELLING -> 2;
            case SUCCEEDED, EXCLUDED -> 3;
            case FAILED, ERROR -> 4;
            case CANCELLED -> 5;
        };
        return new Build.TestTask(
                row.number("id"),
                row.text("platform"),
                row.text("arch"),
                row.integer("revision"),
                state.word(),
                status,
                NAMES.get(status - 1),
                row.textOrNull("error"));
    }
}
