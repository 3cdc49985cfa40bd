package dev.slipway.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The one way in which a task ends, whatever brings its end about. */
public final class TaskEnds {
    private final TaskKinds kinds;
    private final TaskEvents events;
    private final Clock clock;

    public TaskEnds(TaskKinds kinds, TaskEvents events, Clock clock) {
        this.kinds = kinds;
        this.events = events;
        this.clock = clock;
    }

    /**
     * How a task ends.
     *
     * @param state one that {@link TaskState#hasEnded}
     * @param code stable word for the cause of a failure
     * @param message one line for people
     * @param result what the kind keeps about it
     * @param reportHash of the report that ended it
     */
    public record End(
            TaskState state,
            @Nullable String code,
            @Nullable String message,
            @Nullable JsonNode result,
            byte @Nullable [] reportHash) {
        public static End of(TaskState state, String code, String message) {
            return new End(state, code, message, null, null);
        }
    }

    /** Ends a task whose row (and build) the transaction has locked. Its uploads that did not become artifacts are dropped. */
    public void end(TaskRow task, End end, StatelessSession session) {
        if (task.state().hasEnded() || !end.state().hasEnded()) {
            throw new IllegalStateException(
                    "task " + task.id() + " cannot go from " + task.state() + " to " + end.state());
        }
        Instant now = clock.instant();
        TaskRow ended = write(task, end, now, session);
        if (task.state().isLeased()) {
            endAttempt(task, end.state().word(), end.message(), now, session);
        }
        Sql.update(session, "delete from task_upload where task_id = ?", task.id());
        kinds.of(ended).ended(ended, session);
        releaseDependants(task.id(), now, session);
        events.ended(ended, session);
        Notifications.send(session, TaskLogs.TOPIC, String.valueOf(task.id()));
    }

    private static TaskRow write(TaskRow task, End end, Instant now, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        update task t
                           set state = ?, error_code = ?, error = ?, result = ?, report_hash = ?, finished_at = ?,
                               lease_id = null, lease_expires_at = null, lease_user_id = null
                         where id = ? returning
                        """ + TaskRow.COLUMNS,
                        TaskRow::read,
                        end.state().word(),
                        end.code(),
                        end.message(),
                        end.result(),
                        end.reportHash(),
                        now,
                        task.id())
                .orElseThrow();
    }

    /** Notes how an attempt ended, unless that is known already. */
    static void endAttempt(
            TaskRow task, String outcome, @Nullable String message, Instant now, StatelessSession session) {
        Sql.update(
                session,
                "update task_attempt set ended_at = ?, outcome = ?, message = ?"
                        + " where task_id = ? and generation = ? and ended_at is null",
                now,
                outcome,
                message,
                task.id(),
                task.generation());
    }

    private static void releaseDependants(long id, Instant now, StatelessSession session) {
        List<String> ready = Sql.list(session, """
                with satisfied as (
                  update task_dependency set satisfied_at = ?
                   where depends_on_id = ? and satisfied_at is null returning task_id)
                update task t
                   set waiting_for = t.waiting_for - 1,
                       state = case when t.state = 'blocked' and t.waiting_for = 1 then 'ready' else t.state end,
                       ready_at = case when t.state = 'blocked' and t.waiting_for = 1 then ? else t.ready_at end
                  from satisfied s where t.id = s.task_id
                returning case when t.state = 'ready' then t.slot else '' end as slot
                """, row -> row.text("slot"), now, id, now);
        TaskStore.wake(ready.stream().filter(slot -> !slot.isEmpty()).toList(), session);
    }
}
