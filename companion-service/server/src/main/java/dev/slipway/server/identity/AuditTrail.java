package dev.slipway.server.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.AuditEvent;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Audit} wrote. */
public final class AuditTrail {
    private static final TypeReference<Map<String, Object>> STATE = new TypeReference<>() {};
    private static final String WHERE =
            " where (?::text is null or object_kind = ?) and (?::text is null or object_id = ?)"
                    + " and (?::text is null or actor = ?) and (?::text is null or action = ?)"
                    + " and (?::timestamptz is null or at >= ?) and (?::timestamptz is null or at < ?)";

    /**
     * Which changes are wanted; an absent member selects all.
     *
     * @param since the earliest moment that counts
     * @param until the first moment that counts no longer
     */
    record Filter(
            @Nullable String kind,
            @Nullable String id,
            @Nullable String actor,
            @Nullable String action,
            @Nullable Instant since,
            @Nullable Instant until) {

        private @Nullable Object[] and(@Nullable Object... more) {
            @Nullable Object[] all = new @Nullable Object[12 + more.length];
            @Nullable Object[] own = {kind, kind, id, id, actor, actor, action, action, since, since, until, until};
            System.arraycopy(own, 0, all, 0, own.length);
            System.arraycopy(more, 0, all, own.length, more.length);
            return all;
        }
    }

    /** Changes, newest first, older than the one with the id {@code before}. */
    List<AuditEvent> list(StatelessSession session, Filter filter, long before, long offset, int limit) {
        return Sql.list(
                session,
                "select id, at, actor, action, object_kind, object_id, before_state, after_state, remote_addr, trace_id"
                        + " from audit_event" + WHERE + " and id < ? order by id desc offset ? limit ?",
                AuditTrail::event,
                filter.and(before, offset, limit));
    }

    long count(StatelessSession session, Filter filter) {
        return Sql.number(session, "select count(*) from audit_event" + WHERE, filter.and());
    }

    private static AuditEvent event(Row row) throws SQLException {
        return new AuditEvent(
                row.number("id"),
                row.instant("at"),
                row.text("actor"),
                row.text("action"),
                row.text("object_kind"),
                row.text("object_id"),
                state(row.jsonOrNull("before_state")),
                state(row.jsonOrNull("after_state")),
                row.textOrNull("remote_addr"),
                row.textOrNull("trace_id"));
    }

    private static @Nullable Map<String, Object> state(@Nullable JsonNode json) {
        if (json == null) {
            return null;
        }
        return json.isObject() ? Json.mapper().convertValue(json, STATE) : Map.of("value", json);
    }
}
