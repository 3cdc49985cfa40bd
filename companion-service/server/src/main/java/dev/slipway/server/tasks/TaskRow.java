package dev.slipway.server.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as stored.
 *
 * @param slot who may claim it: see {@link Slots}
 * @param waitingFor dependencies not yet satisfied
 * @param leaseId there exactly while a worker holds it
 * @param generation counts how often it was handed out, over all restarts
 * @param leaseUserId whose token the lease was given to
 * @param result what its kind keeps about its end
 */
public record TaskRow(
        long id,
        String kind,
        String slot,
        TaskState state,
        @Nullable Long buildId,
        long ownerId,
        String arch,
        int priority,
        int waitingFor,
        int timeoutSeconds,
        int attempts,
        int maxAttempts,
        @Nullable Long workerId,
        @Nullable UUID leaseId,
        int generation,
        @Nullable Instant leaseExpiresAt,
        @Nullable Long leaseUserId,
        byte @Nullable [] reportHash,
        @Nullable String errorCode,
        @Nullable String error,
        @Nullable JsonNode result,
        long logSize,
        Instant createdAt,
        @Nullable Instant readyAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** The columns that {@link #read} needs, of a table called {@code t}. */
    static final String COLUMNS = """
            t.id, t.kind, t.slot, t.state, t.build_id, t.owner_id, t.arch, t.priority, t.waiting_for, t.timeout_seconds,
            t.attempts, t.max_attempts, t.worker_id, t.lease_id, t.generation, t.lease_expires_at, t.lease_user_id,
            t.report_hash, t.error_code, t.error, t.result, t.log_size, t.created_at, t.ready_at, t.started_at,
            t.finished_at
            """;

    static TaskRow read(Row row) throws SQLException {
        return new TaskRow(
                row.number("id"),
                row.text("kind"),
                row.text("slot"),
                TaskState.of(row.text("state")),
                row.numberOrNull("build_id"),
                row.number("owner_id"),
                row.text("arch"),
                row.integer("priority"),
                row.integer("waiting_for"),
                row.integer("timeout_seconds"),
                row.integer("attempts"),
                row.integer("max_attempts"),
                row.numberOrNull("worker_id"),
                row.uuidOrNull("lease_id"),
                row.integer("generation"),
                row.instantOrNull("lease_expires_at"),
                row.numberOrNull("lease_user_id"),
                row.bytesOrNull("report_hash"),
                row.textOrNull("error_code"),
                row.textOrNull("error"),
                row.jsonOrNull("result"),
                row.number("log_size"),
                row.instant("created_at"),
                row.instantOrNull("ready_at"),
                row.instantOrNull("started_at"),
                row.instantOrNull("finished_at"));
    }

    /**
     * Refuses all but the lease that holds now, shown by the user it was given to.
     *
     * @throws dev.slipway.server.http.ProblemException 409 when another lease holds or none, 403 when it is another's
     */
    public void requireHeldBy(@Nullable UUID lease, long user) {
        if (lease == null || !lease.equals(leaseId) || leaseUserId == null) {
            throw TaskProblems.leaseLost(id);
        }
        if (leaseUserId != user) {
            throw TaskProblems.leaseOfAnother(id);
        }
    }
}
