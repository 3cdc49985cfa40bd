package dev.slipway.server.hostile;

import dev.slipway.server.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Notes every row of every table that a committed transaction changes. */
final class ChangeLog implements AutoCloseable {
    private static final String TRIGGERS = """
            create table hostile_change (id bigserial primary key, what text not null);
            create function hostile_note() returns trigger language plpgsql as $$
            begin
                insert into hostile_change (what) values (tg_op || ' ' || tg_table_name);
                return null;
            end $$;
            do $$
            declare name text;
            begin
                for name in select table_name from information_schema.tables
                             where table_schema = 'public' and table_type = 'BASE TABLE'
                               and table_name not in ('hostile_change', 'flyway_schema_history')
                loop
                    execute format('create trigger hostile after insert or update or delete on %I'
                                || ' for each row execute function hostile_note()', name);
                end loop;
            end $$;
            -- What the service does by itself: writing down the last use of tokens, putting events in order.
            drop trigger hostile on outbox_event;
            create trigger hostile after insert or delete on outbox_event for each row execute function hostile_note();
            """;

    private final Connection connection;
    private long seen;

    ChangeLog(String databaseUrl) throws SQLException {
        connection = TestPostgres.connect(databaseUrl);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TRIGGERS);
        }
    }

    /** What was changed since the last time it was asked. */
    List<String> sinceLast() throws SQLException {
        List<String> changes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id, what from hostile_change where id > " + seen + " order by id")) {
            while (rows.next()) {
                seen = rows.getLong(1);
                changes.add(rows.getString(2));
            }
        }
        changes.removeIf(change -> change.equals("UPDATE api_token"));
        return changes;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
