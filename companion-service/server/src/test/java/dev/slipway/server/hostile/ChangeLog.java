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
    private static final String LOG = """
            create table hostile_change (id bigserial primary key, what text not null);
            create function hostile_note() returns trigger language plpgsql as $$
            begin
                insert into hostile_change (what) values (tg_op || ' ' || tg_table_name);
                return null;
            end $$;
            """;

    /** One statement a table; what the service does by itself, putting events in order, is left out. */
    private static final String TRIGGERS = """
            select format('create trigger hostile after %s on %I for each row execute function hostile_note()',
                case table_name when 'outbox_event' then 'insert or delete' else 'insert or update or delete' end,
                table_name)
            from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE'
                and table_name not in ('hostile_change', 'flyway_schema_history')
            """;

    private final Connection connection;
    private long seen;

    ChangeLog(String databaseUrl) throws SQLException {
        connection = TestPostgres.connect(databaseUrl);
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOG);
            List<String> triggers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute(trigger); // in a transaction of its own: the service's jobs hold locks too
            }
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
