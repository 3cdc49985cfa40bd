package dev.slipway.server.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.identity.AuditEvent;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Audit} wrote. */
public final class AuditTrail {
    private static final TypeReference<Map<String, Object>> STATE = new TypeReference<>() {};
    private static final String WHERE =
            " where (?::text is null or object_kind = ?) and (?::text is null or object_id = ?)"
                    + " and (?::text is null or actor = ?)";

    /** Which changes are wanted; an absent member selects all. */
    record Filter(
            @Nullable String kind,
            @Nullable String id,
            @Nullable String actor) {}

    /** Changes, newest first, older than the one with the id {@code before}. */
    List<AuditEvent> list(StatelessSession session, Filter filter, long before, long offset, int limit) {
        return Sql.list(
                session,
                "select id, at, actor, action, object_kind, object_id, before_state, after_state, remote_addr, trace_id"
                        + " from audit_event" + WHERE + " and id < ? order by id desc offset ? limit ?",
                AuditTrail::event,
                filter.kind,
                filter.kind,
                filter.id,
                filter.id,
                filter.actor,
                filter.actor,
                before,
                offset,
                limit);
    }

    long count(StatelessSession session, Filter filter) {
        return Sql.number(
                session,
                "select count(*) from audit_event" + WHERE,
                filter.kind,
                filter.kind,
                filter.id,
                filter.id,
                filter.actor,
                filter.actor);
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
