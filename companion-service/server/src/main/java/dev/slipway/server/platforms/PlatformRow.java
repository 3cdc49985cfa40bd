package dev.slipway.server.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** A platform as stored. */
public record PlatformRow(
        long id,
        String name,
        String type,
        String distrType,
        String distrVersion,
        String testDistName,
        List<String> archList,
        int priority,
        JsonNode data,
        int revision,
        Instant createdAt) {
    private static final int DEFAULT_TIMEOUT_SECONDS = 12 * 3600;

    static final String COLUMNS = """
            p.id, p.name, p.type, p.distr_type, p.distr_version, p.test_dist_name, p.arch_list, p.priority, p.data,
            p.revision, p.created_at
            """;

    static PlatformRow read(Row row) throws SQLException {
        return new PlatformRow(
                row.number("id"),
                row.text("name"),
                row.text("type"),
                row.text("distr_type"),
                row.text("distr_version"),
                row.text("test_dist_name"),
                row.texts("arch_list"),
                row.integer("priority"),
                row.json("data"),
                row.integer("revision"),
                row.instant("created_at"));
    }

    /** How long one task may work. */
    public int timeoutSeconds() {
        return data.path("timeout").asInt(DEFAULT_TIMEOUT_SECONDS);
    }

    /** Whether tests are made when a build ends: {@code auto}, {@code manual} or {@code none}. */
    public String tests() {
        return data.path("tests").asText("auto");
    }
}
