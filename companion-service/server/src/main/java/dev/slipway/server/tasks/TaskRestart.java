package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.hibernate.StatelessSession;

/** Puts tasks that have ended back to their beginning. */
public final class TaskRestart {
    private final Clock clock;

    public TaskRestart(Clock clock) {
        this.clock = clock;
    }

    /**
     * Resets these tasks of one build, whose row the transaction has locked: their artifacts, logs and errors are gone, their
     * attempts start anew; each waits for those among them that it depends on. The history of attempts stays.
     */
    public void restart(List<TaskRow> tasks, StatelessSession session) {
        List<Long> ids = tasks.stream().map(TaskRow::id).toList();
        Sql.update(session, "delete from artifact where task_id = any(?)", ids);
        Sql.update(session, "delete from task_log where task_id = any(?)", ids);
        Sql.update(session, "delete from task_upload where task_id = any(?)", ids);
        Sql.update(
                session,
                "update task_dependency set satisfied_at = null where task_id = any(?) and depends_on_id = any(?)",
                ids,
                ids);
        TaskRow first =
                tasks.stream().min(Comparator.comparingLong(TaskRow::id)).orElseThrow();
        long rank = FairTurns.take(
                session,
                first.ownerId(),
                tasks.size(),
                tasks.stream().map(TaskRow::slot).distinct().toList(),
                first.priority());
        List<String> ready = Sql.list(session, """
                with numbered as (
                  select t.id, row_number() over (order by t.id) - 1 as place,
                         (select count(*) from task_dependency d where d.task_id = t.id and d.satisfied_at is null) as waits
                    from task t where t.id = any(?))
                update task t
                   set state = case when n.waits = 0 then 'ready' else 'blocked' end, waiting_for = n.waits,
                       fair_rank = ? + n.place, attempts = 0, error_code = null, error = null, result = null,
                       report_hash = null, log_size = 0, worker_id = null, started_at = null, finished_at = null,
                       ready_at = case when n.waits = 0 then ?::timestamptz end
                  from numbered n where t.id = n.id
                returning case when t.state = 'ready' then t.slot else '' end as slot
                """, row -> row.text("slot"), ids, rank, clock.instant());
        TaskStore.wake(ready.stream().filter(slot -> !slot.isEmpty()).toList(), session);
    }
}
