package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Hands out ready tasks, each to one worker. */
public final class TaskQueue {
    /**
     * As many heads of each slot as there are claimants, by the index of ready tasks, then the best among them, one for
     * each claimant. Rows that others are about to take are skipped, so claims wait for nobody; the heads not taken are
     * locked until the transaction ends.
     */
    private static final String CLAIM = """
            with claimant as (
              select * from unnest(?::bigint[], ?::bigint[], ?::text[]) with ordinality c(worker_id, user_id, name, place)),
            pick as (
              select q.id, row_number() over (order by q.priority desc, q.fair_rank, q.id) as place
                from unnest(?::text[]) s(slot)
               cross join lateral (
                 select id, priority, fair_rank from task
                  where state = 'ready' and slot = s.slot %s
                  order by priority desc, fair_rank, id
                  limit ? for update skip locked) q
               order by q.priority desc, q.fair_rank, q.id
               limit ?),
            handed_out as (
              update task t
                 set state = 'running', worker_id = c.worker_id, lease_id = gen_random_uuid(),
                     generation = t.generation + 1, attempts = t.attempts + 1, lease_expires_at = ?,
                     lease_user_id = c.user_id, started_at = ?,
                     report_hash = null, error_code = null, error = null, log_size = 0
                from pick p join claimant c on c.place = p.place
               where t.id = p.id
              returning t.*, c.place, c.name as worker_name),
            noted as (
              insert into task_attempt (task_id, generation, worker_name, started_at)
              select id, generation, worker_name, started_at from handed_out)
            select %s from handed_out t order by t.place
            """;

    /** Of sources whose URL is like one of these patterns. */
    private static final String REFUSED = """
            and not exists (select 1 from build_task bt join build_source b on b.id = bt.build_source_id
                             where bt.task_id = task.id and b.url ilike any(?))
            """;

    /**
     * Claims of any task, to be measured. Parameters: the claimants' workers, users and names, the slots, the claimants'
     * number twice, the lease's end, now.
     */
    public static final String CLAIM_ANY = CLAIM.formatted("", TaskRow.COLUMNS);

    private static final String CLAIM_OTHERS = CLAIM.formatted(REFUSED, TaskRow.COLUMNS);

    private final TaskSettings settings;
    private final Clock clock;

    public TaskQueue(TaskSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Who claims: a worker, and the user whose token it shows. */
    public record Claimant(long workerId, String workerName, long userId) {}

    /**
     * Takes the first ready tasks of these slots, by priority, then the owners' turns, then age.
     *
     * @param claimants who get one each, in their order
     * @param refused parts of sources' URLs: tasks of these are passed over
     * @return the tasks of as many of the first claimants as there are tasks
     */
    List<TaskRow> claim(
            Collection<String> slots, List<Claimant> claimants, Collection<String> refused, StatelessSession session) {
        Instant now = clock.instant();
        List<@Nullable Object> parameters = new ArrayList<>(List.of(
                claimants.stream().map(Claimant::workerId).toList(),
                claimants.stream().map(Claimant::userId).toList(),
                claimants.stream().map(Claimant::workerName).toList(),
                slots));
        if (!refused.isEmpty()) {
            parameters.add(refused.stream().map(TaskQueue::anywhere).toList());
        }
        parameters.addAll(List.of(claimants.size(), claimants.size(), now.plus(settings.lease()), now));
        String sql = refused.isEmpty() ? CLAIM_ANY : CLAIM_OTHERS;
        return Sql.list(session, sql, TaskRow::read, parameters.toArray());
    }

    private static String anywhere(String part) {
        return "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /** A task of these slots that this user's worker holds already and has not named in a ping: the oldest one. */
    Optional<TaskRow> held(Claimant claimant, Set<String> slots, StatelessSession session) {
        return Sql.one(
                session,
                "select " + TaskRow.COLUMNS
                        + " from task t where worker_id = ? and lease_user_id = ? and slot = any(?) and state = 'running'"
                        + " and not exists (select 1 from task_acknowledgement k"
                        + " where k.task_id = t.id and k.generation = t.generation)"
                        + " order by started_at, id limit 1",
                TaskRow::read,
                claimant.workerId(),
                claimant.userId(),
                slots);
    }

    /** Lets the holder of a task, who knows of no leases, keep it for that long. */
    void keepFor(TaskRow task, Duration time, StatelessSession session) {
        Sql.update(
                session,
                "update task set lease_expires_at = ? where id = ? and lease_id = ? and state = 'running'",
                clock.instant().plus(time),
                task.id(),
                task.leaseId());
    }
}
