package dev.slipway.server.workers;

import dev.slipway.server.database.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A worker as stored. */
public record WorkerRow(
        long id,
        long userId,
        String name,
        List<String> kinds,
        List<String> arches,
        List<String> keyIds,
        @Nullable String version,
        boolean draining,
        Instant createdAt,
        Instant lastSeenAt) {
    static final String COLUMNS =
            "w.id, w.user_id, w.name, w.kinds, w.arches, w.key_ids, w.version, w.draining, w.created_at, w.last_seen_at";

    static WorkerRow read(Row row) throws SQLException {
        return new WorkerRow(
                row.number("id"),
                row.number("user_id"),
                row.text("name"),
                row.texts("kinds"),
                row.texts("arches"),
                row.texts("key_ids"),
                row.textOrNull("version"),
                row.flag("draining"),
                row.instant("created_at"),
                row.instant("last_seen_at"));
    }

    /** What it offers to take. */
    public Set<String> slots() {
        return Slots.offered(kinds, arches, keyIds);
    }
}
