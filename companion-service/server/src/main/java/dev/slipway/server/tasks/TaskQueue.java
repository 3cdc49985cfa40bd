package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Hands out ready tasks, each to one worker. */
public final class TaskQueue {
    /**
     * The head of each slot by the index of ready tasks, then the best among them. Rows that others are about to take are
     * skipped, so claims wait for nobody; the heads not taken are locked until the transaction ends.
     */
    private static final String CLAIM = """
            with pick as (
              select q.id
                from unnest(?) s(slot)
               cross join lateral (
                 select id, priority, fair_rank from task
                  where state = 'ready' and slot = s.slot
                  order by priority desc, fair_rank, id
                  limit 1 for update skip locked) q
               order by q.priority desc, q.fair_rank, q.id
               limit 1),
            handed_out as (
              update task t
                 set state = 'running', worker_id = ?, lease_id = gen_random_uuid(), generation = t.generation + 1,
                     attempts = t.attempts + 1, lease_expires_at = ?, lease_user_id = ?, started_at = ?,
                     report_hash = null, error_code = null, error = null, log_size = 0
                from pick where t.id = pick.id
              returning t.*),
            noted as (
              insert into task_attempt (task_id, generation, worker_name, started_at)
              select id, generation, ?, ? from handed_out)
            select %s from handed_out t
            """.formatted(TaskRow.COLUMNS);

    private final TaskSettings settings;
    private final Clock clock;

    public TaskQueue(TaskSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Who claims: a worker, and the user whose token it shows. */
    public record Claimant(long workerId, String workerName, long userId) {}

    /** Takes the first ready task of these slots: by priority, then the owners' turns, then age. */
    Optional<TaskRow> claim(Collection<String> slots, Claimant claimant, StatelessSession session) {
        Instant now = clock.instant();
        return Sql.one(
                session,
                CLAIM,
                TaskRow::read,
                slots,
                claimant.workerId(),
                now.plus(settings.lease()),
                claimant.userId(),
                now,
                claimant.workerName(),
                now);
    }

    /** A task that this user's worker holds already: the oldest one. */
    Optional<TaskRow> held(Claimant claimant, StatelessSession session) {
        return Sql.list(
                        session,
                        "select " + TaskRow.COLUMNS
                                + " from task t where worker_id = ? and lease_user_id = ? and state = 'running'"
                                + " order by started_at, id limit 1",
                        TaskRow::read,
                        claimant.workerId(),
                        claimant.userId())
                .stream()
                .findFirst();
    }

    /** Lets the holder of a task, who knows of no leases, keep it for all the time that the task has. */
    void keepToTheEnd(TaskRow task, StatelessSession session) {
        Sql.update(session, """
                update task set lease_expires_at = started_at + timeout_seconds * interval '1 second'
                 where id = ? and lease_id = ? and state = 'running'
                """, task.id(), task.leaseId());
    }

    /** Gives a task back that could not be delivered; the attempt doesn't count. */
    void giveBack(TaskRow task, StatelessSession session) {
        int given = Sql.update(session, """
                update task set state = 'ready', lease_id = null, lease_expires_at = null, lease_user_id = null,
                       attempts = attempts - 1
                 where id = ? and lease_id = ? and state = 'running'
                """, task.id(), task.leaseId());
        if (given > 0) {
            TaskEnds.endAttempt(task, "undelivered", "the worker went away while asking", clock.instant(), session);
            TaskStore.wake(List.of(task.slot()), session);
        }
    }
}
