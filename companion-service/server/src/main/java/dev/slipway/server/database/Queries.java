package dev.slipway.server.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Queries that go to the database together and are answered together: one round trip, however many they are. They see
 * one moment in a transaction that only reads, and each its own in any other. For one thread, to be run once.
 */
public final class Queries {
    private final List<Query<?>> queries = new ArrayList<>();

    private record Query<T extends @Nullable Object>(
            String sql, Sql.Reader<T> reader, List<@Nullable Object> parameters, List<T> found) {
        void read(ResultSet rows) throws SQLException {
            Row row = new Row(rows);
            while (rows.next()) {
                found.add(reader.read(row));
            }
        }
    }

    /**
     * Adds a query, with parameters as {@link Sql} takes them.
     *
     * @return its rows, which are in the list after {@link #run}
     */
    public <T extends @Nullable Object> List<T> add(String sql, Sql.Reader<T> reader, @Nullable Object... parameters) {
        List<T> found = new ArrayList<>();
        queries.add(new Query<>(sql, reader, Arrays.asList(parameters), found));
        return found;
    }

    /** Runs them in the order in which they were added. */
    public void run(StatelessSession session) {
        String all = queries.stream().map(Query::sql).collect(Collectors.joining(";\n"));
        Object[] parameters =
                queries.stream().flatMap(query -> query.parameters().stream()).toArray();
        session.doWork(connection -> {
            try (PreparedStatement statement = Sql.prepare(connection, all, parameters)) {
                statement.execute();
                for (Query<?> query : queries) {
                    try (ResultSet rows = statement.getResultSet()) {
                        query.read(rows);
                    }
                    statement.getMoreResults();
                }
            }
        });
    }
}
