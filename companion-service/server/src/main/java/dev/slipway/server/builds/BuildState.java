package dev.slipway.server.builds;

import dev.slipway.server.database.Sql;
import dev.slipway.server.tasks.TaskState;
import java.util.Collection;
import java.util.List;
import org.hibernate.StatelessSession;

/** A build has no state of its own: it follows from those of its build tasks. */
final class BuildState {
    private BuildState() {}

    /** {@code running}, {@code cancelled}, {@code failed} or {@code succeeded}. */
    static String of(boolean finished, Collection<TaskState> tasks) {
        if (!finished) {
            return "running";
        }
        if (tasks.contains(TaskState.CANCELLED)) {
            return "cancelled";
        }
        return tasks.stream().anyMatch(TaskState::isFailure) ? "failed" : "succeeded";
    }

    /** Of a build that has finished. */
    static String of(long buildId, StatelessSession session) {
        List<TaskState> states = Sql.list(
                session,
                "select distinct state from task where build_id = ? and kind = 'build'",
                row -> TaskState.of(row.text("state")),
                buildId);
        return of(true, states);
    }
}
