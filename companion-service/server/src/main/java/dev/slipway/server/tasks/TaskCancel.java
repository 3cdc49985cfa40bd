package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.util.Comparator;
import java.util.List;
import org.hibernate.StatelessSession;

/** Cancels tasks: those that wait at once, those that run when their worker is next heard of or its lease runs out. */
public final class TaskCancel {
    static final String MESSAGE = "Build task cancelled by user";

    private final TaskEnds ends;

    public TaskCancel(TaskEnds ends) {
        this.ends = ends;
    }

    /** Cancels those of the tasks that have not ended; all belong to the build whose row the transaction has locked. */
    public void cancel(List<TaskRow> tasks, StatelessSession session) {
        // dependants were made later: ended first, they never become ready in between
        List<TaskRow> waiting = tasks.stream()
                .filter(task -> task.state() == TaskState.BLOCKED || task.state() == TaskState.READY)
                .sorted(Comparator.comparingLong(TaskRow::id).reversed())
                .toList();
        for (TaskRow task : waiting) {
            // a claim locks nothing but the task: it may have been faster
            boolean stillWaiting = Sql.exists(
                    session,
                    "select 1 from task where id = ? and state in ('blocked', 'ready') for no key update",
                    task.id());
            if (stillWaiting) {
                ends.end(task, TaskEnds.End.of(TaskState.CANCELLED, "CANCELLED", MESSAGE), session);
            }
        }
        Sql.update(
                session,
                "update task set state = 'cancelling' where id = any(?) and state = 'running'",
                tasks.stream().map(TaskRow::id).toList());
    }
}
