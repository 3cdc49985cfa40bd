package dev.slipway.server.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * One PostgreSQL server per test JVM, and as many databases as tests want, copied from a migrated one. The server's files
 * are kept in a cache directory, so that later runs neither unpack nor initialise it.
 */
public final class TestPostgres {
    private static final int MOST_JVMS = 20;
    private static TestPostgres instance;

    private final EmbeddedPostgres server;
    private final String template;

    private TestPostgres(EmbeddedPostgres server) throws SQLException {
        this.server = server;
        dropLeftovers();
        this.template = template();
    }

    /** The server of this JVM; stopped when the JVM ends. */
    public static synchronized TestPostgres instance() {
        if (instance == null) {
            try {
                instance = new TestPostgres(start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(instance::stop));
        }
        return instance;
    }

    private static EmbeddedPostgres start() throws IOException {
        Path cache = cache();
        IOException last = null;
        for (int slot = 0; slot < MOST_JVMS; slot++) {
            try {
                return EmbeddedPostgres.start(
                        new EmbeddedPostgres.Location(cache.resolve("slot-" + slot), cache.resolve("programs"), false));
            } catch (IOException e) {
                last = e; // another test JVM uses this one
            }
        }
        throw last;
    }

    private static Path cache() throws IOException {
        Path home = Path.of(System.getProperty("user.home"), ".cache", "slipway", "test-postgres");
        try {
            return Files.createDirectories(home);
        } catch (IOException e) {
            return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "slipway-test-postgres"));
        }
    }

    /** The directory of PostgreSQL's programs, unpacked. */
    public static Path programs() throws IOException {
        instance();
        return cache().resolve("programs");
    }

    private void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new database with the newest schema and nothing in it; its URL. */
    public String newDatabase() {
        return copyOf(template);
    }

    /** A new database with all that another one holds; nothing may be connected to that one. Its URL. */
    public String newDatabaseLike(String url) {
        return copyOf(name(url));
    }

    private String copyOf(String original) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute("create database " + name + " template " + original + " strategy wal_log");
        return url(name);
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Removes a database of {@link #newDatabase}, also when something is still connected. */
    public void drop(String url) {
        execute("drop database if exists " + name(url) + " with (force)");
    }

    private String url(String database) {
        return url(server.address(database));
    }

    /** An address as one URL with its user and password. */
    static String url(DatabaseAddress address) {
        return address.jdbcUrl()
                .replace("jdbc:postgresql://", "postgresql://" + address.user() + ":" + address.password() + "@");
    }

    /** A plain connection to a database, for tests that look behind the service's back. */
    public static Connection connect(String url) throws SQLException {
        DatabaseAddress address = DatabaseAddress.parse(url);
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    /** One value out of a database, as text. */
    public static String value(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void dropLeftovers() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = connect(url("postgres"));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select datname from pg_database where datname like 'test\\_%'")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        found.forEach(name -> execute("drop database " + name + " with (force)"));
    }

    private String template() throws SQLException {
        String name = "template_" + schemaVersion();
        if (!"1".equals(value(url("postgres"), "select 1 from pg_database where datname = '" + name + "'"))) {
            String half = "test_half_" + name;
            execute("create database " + half);
            try (HikariDataSource source = source(url(half))) {
                Database.migrate(source);
            }
            execute("alter database " + half + " rename to " + name);
        }
        return name;
    }

    private String schemaVersion() {
        try (HikariDataSource source = source(url("postgres"))) {
            return Integer.toHexString(Arrays.hashCode(Arrays.stream(Flyway.configure()
                            .dataSource(source)
                            .locations("classpath:db/migration")
                            .load()
                            .info()
                            .all())
                    .map(migration -> migration.getScript() + migration.getChecksum())
                    .toArray()));
        }
    }

    private static HikariDataSource source(String url) {
        DatabaseAddress address = DatabaseAddress.parse(url);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }
}
