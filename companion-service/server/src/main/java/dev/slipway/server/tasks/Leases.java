package dev.slipway.server.tasks;

import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.workers.WorkerRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** The right to work on a task: renewed by pings, asked for by everything that a worker sends. */
public final class Leases {
    /** Wakes whoever hands out again what was given up. */
    public static final String GIVEN_UP_TOPIC = "given-up";

    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final TaskSettings settings;
    private final Clock clock;

    public Leases(Transactions transactions, TaskSettings settings, Clock clock) {
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Renews the caller's leases among these, and tells which of its tasks to stop and which are lost. */
    public PingAnswer ping(PingRequest request, long userId) {
        List<Long> tasks =
                request.leases().stream().map(PingRequest.Held::taskId).toList();
        List<UUID> leases =
                request.leases().stream().map(PingRequest.Held::leaseId).toList();
        return transactions.call(session -> {
            Set<Long> lost = new LinkedHashSet<>(tasks);
            List<Long> renewed = new ArrayList<>();
            List<PingAnswer.Stop> stop = new ArrayList<>();
            for (Renewed each : renew(tasks, leases, userId, session)) {
                lost.remove(each.id());
                renewed.add(each.id());
                if (each.state() == TaskState.CANCELLING) {
                    stop.add(new PingAnswer.Stop(each.id(), "cancelled by user"));
                }
            }
            return new PingAnswer(renewed, stop, List.copyOf(lost));
        });
    }

    private List<Renewed> renew(List<Long> tasks, List<UUID> leases, long userId, StatelessSession session) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        // locked in the order of ids, so that two pings with common tasks cannot block each other
        return Sql.list(
                session,
                """
                with held as (
                  select t.id from task t
                    join unnest(?, ?) h(task_id, lease_id) on t.id = h.task_id and t.lease_id = h.lease_id
                   where t.lease_user_id = ? and t.state in ('running', 'cancelling')
                   order by t.id for no key update of t)
                update task t set lease_expires_at = ? from held where t.id = held.id
                returning t.id, t.state
                """,
                row -> new Renewed(row.number("id"), TaskState.of(row.text("state"))),
                tasks,
                leases,
                userId,
                clock.instant().plus(settings.lease()));
    }

    /**
     * Lets the reaper have at once what a worker that ends by its own will gives up. That is also what was handed to it a
     * moment ago, for it may not have got that; anything older belongs to another program of that name. These attempts do
     * not count.
     */
    void giveUp(WorkerRow worker, List<PingRequest.Held> held, StatelessSession session) {
        Instant now = clock.instant();
        Sql.update(
                session,
                """
                with held as (
                  select t.id from task t
                   where t.worker_id = ? and t.state in ('running', 'cancelling')
                     and (t.started_at > ?
                          or exists (select 1 from unnest(?::bigint[], ?::uuid[]) h(task_id, lease_id)
                                      where h.task_id = t.id and h.lease_id = t.lease_id))
                   order by t.id for no key update of t),
                ended as (
                  update task t set lease_expires_at = ?, attempts = attempts - 1 from held where t.id = held.id
                  returning t.id, t.generation)
                update task_attempt a set ended_at = ?, outcome = 'left', message = 'the worker ended before it had done it'
                  from ended where a.task_id = ended.id and a.generation = ended.generation
                """,
                worker.id(),
                now.minus(ON_ITS_WAY),
                held.stream().map(PingRequest.Held::taskId).toList(),
                held.stream().map(PingRequest.Held::leaseId).toList(),
                now.minusSeconds(1),
                now);
        Notifications.send(session, GIVEN_UP_TOPIC, String.valueOf(worker.id()));
    }

    private record Renewed(long id, TaskState state) {}

    /**
     * Renews all that a caller holds of these tasks, for callers who know of no leases, and notes that the caller knows of
     * them.
     *
     * @return those that are to be stopped
     */
    public List<Long> pingWithoutLeases(List<Long> tasks, long userId, Duration lease) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        return transactions
                .call(session -> Sql.list(
                        session,
                        """
                        with held as (
                          select id from task where id = any(?) and lease_user_id = ? and state in ('running', 'cancelling')
                           order by id for no key update),
                        renewed as (
                          update task t set lease_expires_at = ? from held where t.id = held.id
                          returning t.id, t.generation, t.state),
                        known as (
                          insert into task_acknowledgement (task_id, generation) select id, generation from renewed
                          on conflict (task_id) do update set generation = excluded.generation)
                        select id, state from renewed order by id
                        """,
                        row -> new Renewed(row.number("id"), TaskState.of(row.text("state"))),
                        tasks,
                        userId,
                        clock.instant().plus(lease)))
                .stream()
                .filter(renewed -> renewed.state() == TaskState.CANCELLING)
                .map(Renewed::id)
                .toList();
    }

    /** The task, locked, if the caller holds it under that lease. */
    TaskRow require(TaskStore store, long taskId, UUID lease, long userId, StatelessSession session) {
        TaskRow task = store.lock(taskId, session).orElseThrow(() -> TaskProblems.noTask(taskId));
        task.requireHeldBy(lease, userId);
        return task;
    }
}
