package dev.slipway.server.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row under a cursor. Plain getters refuse SQL's null; those ending in {@code OrNull} hand it on. */
public final class Row {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ResultSet rows;
    /** By the very string that names a column: readers name theirs with constants, row after row. */
    private final Map<String, Integer> indexes = new IdentityHashMap<>();

    /** @param rows of a pool's connection or the driver itself, which is asked thousands of times for a page */
    Row(ResultSet rows) throws SQLException {
        this.rows = rows.unwrap(ResultSet.class);
    }

    private int index(String column) throws SQLException {
        Integer known = indexes.get(column);
        if (known == null) {
            known = rows.findColumn(column);
            indexes.put(column, known);
        }
        return known;
    }

    public String text(String column) throws SQLException {
        return present(rows.getString(index(column)), column);
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return rows.getString(index(column));
    }

    public String textOr(String column, String otherwise) throws SQLException {
        String text = rows.getString(index(column));
        return text == null ? otherwise : text;
    }

    public long number(int column) throws SQLException {
        long value = rows.getLong(column);
        present(rows.wasNull() ? null : value, "number " + column);
        return value;
    }

    public long number(String column) throws SQLException {
        return present(numberOrNull(column), column);
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        long value = rows.getLong(index(column));
        return rows.wasNull() ? null : Long.valueOf(value);
    }

    public int integer(String column) throws SQLException {
        return present(integerOrNull(column), column);
    }

    public @Nullable Integer integerOrNull(String column) throws SQLException {
        int value = rows.getInt(index(column));
        return rows.wasNull() ? null : Integer.valueOf(value);
    }

    public boolean flag(String column) throws SQLException {
        boolean value = rows.getBoolean(index(column));
        present(rows.wasNull() ? null : value, column);
        return value;
    }

    public Instant instant(String column) throws SQLException {
        return present(instantOrNull(column), column);
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime value = rows.getObject(index(column), OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public UUID uuid(String column) throws SQLException {
        return present(uuidOrNull(column), column);
    }

    public @Nullable UUID uuidOrNull(String column) throws SQLException {
        return rows.getObject(index(column), UUID.class);
    }

    public byte[] bytes(String column) throws SQLException {
        return present(rows.getBytes(index(column)), column);
    }

    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return rows.getBytes(index(column));
    }

    public JsonNode json(String column) throws SQLException {
        return present(jsonOrNull(column), column);
    }

    public @Nullable JsonNode jsonOrNull(String column) throws SQLException {
        String text = rows.getString(index(column));
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("column " + column + " is not JSON", e);
        }
    }

    /** The elements of a {@code text[]}. */
    public List<String> texts(String column) throws SQLException {
        return Arrays.asList((String[]) array(column));
    }

    /** The elements of a {@code bigint[]}. */
    public List<Long> numbers(String column) throws SQLException {
        return Arrays.asList((Long[]) array(column));
    }

    private Object array(String column) throws SQLException {
        Array array = present(rows.getArray(index(column)), column);
        try {
            return array.getArray();
        } finally {
            array.free();
        }
    }

    private static <T> T present(@Nullable T value, String column) throws SQLException {
        if (value == null) {
            throw new SQLException("column " + column + " is null");
        }
        return value;
    }
}
