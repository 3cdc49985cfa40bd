package dev.slipway.server.builds;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * A build as stored.
 *
 * @param unfinishedTasks tasks of the kind build that have not ended
 */
public record BuildRow(
        long id,
        long ownerId,
        Instant createdAt,
        @Nullable Instant finishedAt,
        String mode,
        int priority,
        int unfinishedTasks,
        int testRevision,
        boolean cancelTesting,
        boolean signed,
        boolean released,
        @Nullable String error,
        int revision) {
    static final String COLUMNS = """
            b.id, b.owner_id, b.created_at, b.finished_at, b.mode, b.priority, b.unfinished_tasks, b.test_revision,
            b.cancel_testing, b.signed, b.released, b.error, b.revision
            """;

    static BuildRow read(Row row) throws SQLException {
        return new BuildRow(
                row.number("id"),
                row.number("owner_id"),
                row.instant("created_at"),
                row.instantOrNull("finished_at"),
                row.text("mode"),
                row.integer("priority"),
                row.integer("unfinished_tasks"),
                row.integer("test_revision"),
                row.flag("cancel_testing"),
                row.flag("signed"),
                row.flag("released"),
                row.textOrNull("error"),
                row.integer("revision"));
    }

    /** The build, locked for a change of it or its tasks: before any of its tasks' rows is locked. */
    public static Optional<BuildRow> lock(long id, StatelessSession session) {
        return Sql.one(
                session, "select " + COLUMNS + " from build b where id = ? for no key update", BuildRow::read, id);
    }

    public static Optional<BuildRow> find(long id, StatelessSession session) {
        return Sql.one(session, "select " + COLUMNS + " from build b where id = ?", BuildRow::read, id);
    }
}
