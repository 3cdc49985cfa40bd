package dev.slipway.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.time.Clock;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Who changed what: one row per change, written in the transaction that makes the change. */
public final class Audit {
    private final Clock clock;

    public Audit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Notes a change.
     *
     * @param action the operation's word, for example {@code create}
     * @param kind what was changed, for example {@code platform}
     * @param before what it was, as it is shown to people; absent when it is new. Never a secret
     * @param after what it is now; absent when it is gone. Never a secret
     */
    public void record(
            StatelessSession session,
            Caller caller,
            String action,
            String kind,
            Object id,
            @Nullable Object before,
            @Nullable Object after) {
        write(
                session,
                caller.userId(),
                caller.username(),
                action,
                kind,
                id,
                before,
                after,
                caller.remoteAddress(),
                caller.traceId());
    }

    /** Notes a change that the service made by itself, for example when something expired. */
    public void recordOwn(
            StatelessSession session,
            String action,
            String kind,
            Object id,
            @Nullable Object before,
            @Nullable Object after) {
        write(session, null, "slipway", action, kind, id, before, after, null, null);
    }

    /**
     * Notes what somebody did who showed no token, such as a login.
     *
     * @param userId the account, absent when none is known
     * @param actor its name, or what the visitor is called elsewhere
     */
    public void recordVisit(
            StatelessSession session,
            Visitor visitor,
            @Nullable Long userId,
            String actor,
            String action,
            String kind,
            Object id,
            Object after) {
        write(session, userId, actor, action, kind, id, null, after, visitor.remoteAddress(), visitor.traceId());
    }

    private void write(
            StatelessSession session,
            @Nullable Long userId,
            String actor,
            String action,
            String kind,
            Object id,
            @Nullable Object before,
            @Nullable Object after,
            @Nullable String remoteAddress,
            @Nullable String traceId) {
        Sql.update(
                session,
                "insert into audit_event (at, user_id, actor, action, object_kind, object_id, before_state, after_state,"
                        + " remote_addr, trace_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                clock.instant(),
                userId,
                actor,
                action,
                kind,
                String.valueOf(id),
                json(before),
                json(after),
                remoteAddress,
                traceId);
    }

    private static @Nullable JsonNode json(@Nullable Object state) {
        return state == null ? null : Json.mapper().valueToTree(state);
    }
}
