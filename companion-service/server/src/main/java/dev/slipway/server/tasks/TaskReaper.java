package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what nobody else will: leases that ran out, work far over its time, logs of tasks that ended without a report. Any
 * number of companions may run it side by side.
 */
public final class TaskReaper {
    private static final Logger LOG = LoggerFactory.getLogger(TaskReaper.class);
    private static final int AT_ONCE = 200;

    private final Transactions transactions;
    private final TaskStore store;
    private final TaskEnds ends;
    private final TaskLogs logs;
    private final TaskSettings settings;
    private final Clock clock;

    public TaskReaper(
            Transactions transactions,
            TaskStore store,
            TaskEnds ends,
            TaskLogs logs,
            TaskSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.ends = ends;
        this.logs = logs;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round. A task that cannot be dealt with is logged and does not hold up the others. */
    public void run() {
        for (long id : overdue()) {
            each(id, () -> reap(id));
        }
        for (long id : endedWithLooseLog()) {
            each(id, () -> keepLog(id));
        }
    }

    private static void each(long id, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("task {} could not be dealt with; the next round tries again", id, e);
        }
    }

    private List<Long> overdue() {
        Instant now = clock.instant();
        return transactions.read(session ->
                Sql.list(session, """
                select id from task
                 where state in ('running', 'cancelling')
                   and (lease_expires_at < ? or started_at + timeout_seconds * interval '1 second' < ?)
                 order by lease_expires_at limit ?
                """, row -> row.number("id"), now, now.minus(settings.overtime()), AT_ONCE));
    }

    private void reap(long id) {
        TaskLogs.@Nullable Kept log = logs.keep(id);
        transactions.run(session -> {
            TaskRow task = store.lock(id, session).orElse(null);
            Instant now = clock.instant();
            if (task == null || !task.state().isLeased() || task.leaseExpiresAt() == null || task.startedAt() == null) {
                return;
            }
            boolean expired = task.leaseExpiresAt().isBefore(now);
            boolean late = task.startedAt()
                    .plusSeconds(task.timeoutSeconds())
                    .plus(settings.overtime())
                    .isBefore(now);
            // a log that grew meanwhile is kept whole in the next round
            if ((expired || late) && logs.attach(task, log, session)) {
                if (expired) {
                    expire(task, now, session);
                } else {
                    ends.end(task, overtime(task), session);
                }
            }
        });
    }

    private void expire(TaskRow task, Instant now, StatelessSession session) {
        if (task.state() == TaskState.CANCELLING) {
            ends.end(task, TaskEnds.End.of(TaskState.CANCELLED, "CANCELLED", TaskCancel.MESSAGE), session);
            return;
        }
        if (task.attempts() >= task.maxAttempts()) {
            ends.end(task, TaskEnds.End.of(TaskState.ERROR, "LEASE_LOST", history(task, session)), session);
            return;
        }
        LOG.info("task {} was not heard of before its lease ran out: it is handed out again", task.id());
        TaskEnds.endAttempt(task, "lost", "the worker was not heard of before the lease ran out", now, session);
        Sql.update(session, "delete from task_upload where task_id = ?", task.id());
        Sql.update(session, """
                update task set state = 'ready', ready_at = ?, lease_id = null, lease_expires_at = null, lease_user_id = null
                 where id = ?
                """, now, task.id());
        TaskStore.wake(List.of(task.slot()), session);
    }

    private static TaskEnds.End overtime(TaskRow task) {
        TaskState state = task.state() == TaskState.CANCELLING ? TaskState.CANCELLED : TaskState.ERROR;
        return TaskEnds.End.of(
                state, "TIMEOUT", "no report after " + task.timeoutSeconds() + " seconds, the time it had: given up");
    }

    private static String history(TaskRow task, StatelessSession session) {
        String attempts = Sql.list(
                        session,
                        """
                        select worker_name, coalesce(outcome, 'lost') as outcome from task_attempt
                         where task_id = ? order by generation desc limit ?
                        """,
                        row -> row.text("worker_name") + " (" + row.text("outcome") + ")",
                        task.id(),
                        task.attempts())
                .stream()
                .collect(Collectors.joining(", "));
        return "given up after " + task.attempts() + " attempts without a report; newest first: " + attempts;
    }

    private List<Long> endedWithLooseLog() {
        return transactions.read(session -> Sql.list(session, """
                select t.id from task t
                 where t.id in (select distinct task_id from task_log) and t.finished_at is not null
                 order by t.id limit ?
                """, row -> row.number("id"), AT_ONCE));
    }

    private void keepLog(long id) {
        TaskLogs.@Nullable Kept log = logs.keep(id);
        if (log != null) {
            transactions.run(session -> store.lock(id, session)
                    .filter(task -> task.state().hasEnded())
                    .ifPresent(task -> logs.attach(task, log, session)));
        }
    }
}
