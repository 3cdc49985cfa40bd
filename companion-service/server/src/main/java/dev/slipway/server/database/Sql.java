package dev.slipway.server.database;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Plain SQL in a session's transaction, for statements that SQL says best. Parameters are {@code ?} and bound, never
 * written into the text: {@link Instant} becomes timestamptz, {@link JsonNode} jsonb, collections and arrays of text or
 * of numbers become {@code text[]} and {@code bigint[]}.
 */
public final class Sql {
    private static final int FETCH_SIZE = 500;

    /** Makes a value of the row under the cursor. */
    @FunctionalInterface
    public interface Reader<T extends @Nullable Object> {
        T read(Row row) throws SQLException;
    }

    private Sql() {}

    /** Does something with the row under the cursor. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Row row) throws SQLException;
    }

    /** Visits the rows of a query as they arrive, for results that are not to be in memory together. */
    public static void each(StatelessSession session, String sql, Visitor visitor, @Nullable Object... parameters) {
        session.doWork(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery()) {
                    Row row = new Row(rows);
                    while (rows.next()) {
                        visitor.visit(row);
                    }
                }
            }
        });
    }

    /** All rows of a query. */
    public static <T extends @Nullable Object> List<T> list(
            StatelessSession session, String sql, Reader<T> reader, @Nullable Object... parameters) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> list = new ArrayList<>();
                    Row row = new Row(rows);
                    while (rows.next()) {
                        list.add(reader.read(row));
                    }
                    return list;
                }
            }
        });
    }

    /** The only row of a query, or none; two are a mistake. */
    public static <T> Optional<T> one(
            StatelessSession session, String sql, Reader<T> reader, @Nullable Object... parameters) {
        List<T> list = list(session, sql, reader, parameters);
        if (list.size() > 1) {
            throw new IllegalStateException("more than one row: " + sql);
        }
        return list.stream().findFirst();
    }

    /** The number that a query of one row and column answers, for example a count or a new id. */
    public static long number(StatelessSession session, String sql, @Nullable Object... parameters) {
        return one(session, sql, row -> row.number(1), parameters)
                .orElseThrow(() -> new IllegalStateException("no row: " + sql));
    }

    /** Whether a query has a row. */
    public static boolean exists(StatelessSession session, String sql, @Nullable Object... parameters) {
        return !list(session, sql, row -> true, parameters).isEmpty();
    }

    /** Runs an insert, update or delete and answers how many rows it touched. */
    public static int update(StatelessSession session, String sql, @Nullable Object... parameters) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Runs one statement for many rows of parameters in one round trip. */
    public static void batch(StatelessSession session, String sql, Collection<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] row : rows) {
                    bind(connection, statement, row);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
    }

    /** Runs a statement without parameters whatever it answers. */
    public static void execute(StatelessSession session, String sql) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        });
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object[] parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(connection, statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (isEmpty(parameters[i])) {
                // without a type, so that it fits whatever array the statement needs there
                statement.setObject(i + 1, "{}", Types.OTHER);
            } else {
                statement.setObject(i + 1, bound(connection, parameters[i]));
            }
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value instanceof Collection<?> collection && collection.isEmpty()
                || value instanceof Object[] objects && objects.length == 0;
    }

    private static @Nullable Object bound(Connection connection, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof JsonNode json) {
            PGobject jsonb = new PGobject();
            jsonb.setType("jsonb");
            jsonb.setValue(json.toString());
            return jsonb;
        }
        if (value instanceof Enum<?>) {
            throw new IllegalArgumentException("bind the word of an enum, not the constant");
        }
        if (value instanceof Collection<?> collection) {
            return array(connection, collection.toArray());
        }
        if (value instanceof Object[] objects) {
            return array(connection, objects);
        }
        return value;
    }

    private static Object array(Connection connection, Object[] values) throws SQLException {
        boolean numbers = values[0] instanceof Number;
        boolean ids = values[0] instanceof java.util.UUID;
        return connection.createArrayOf(numbers ? "bigint" : ids ? "uuid" : "text", values);
    }
}
