package dev.slipway.server.service;

import dev.slipway.api.service.Status;
import dev.slipway.server.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/** What this program is and how it is. */
public final class ServiceStatus {
    private final Properties build = build();
    private final Instant startedAt;
    private final Database database;

    public ServiceStatus(Instant startedAt, Database database) {
        this.startedAt = startedAt;
        this.database = database;
    }

    /** The state at this moment; asks the database. */
    public Status now() {
        return new Status(
                build.getProperty("version"),
                build.getProperty("commit"),
                build.getProperty("time"),
                startedAt,
                databaseState());
    }

    /** The program's version. */
    public String version() {
        return build.getProperty("version");
    }

    private String databaseState() {
        try {
            return "PostgreSQL " + database.serverVersion();
        } catch (SQLException e) {
            return "unavailable";
        }
    }

    private static Properties build() {
        Properties properties = new Properties();
        try (InputStream in = ServiceStatus.class.getResourceAsStream("/slipway-build.properties")) {
            properties.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own build facts cannot be read", e);
        }
        return properties;
    }
}
