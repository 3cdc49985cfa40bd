package dev.slipway.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.BatchSettings;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.tool.schema.Action;

/** The one database: its pool of connections and its mapped entities. Migrated and validated before it is handed out. */
public final class Database implements AutoCloseable {
    private static final int CONNECT_PATIENCE_MILLIS = 5_000;
    private static final int TURNS_PER_PROCESSOR = 2;
    private static final int LEAST_TURNS = 4;
    private static final int VALIDATION_PATIENCE_MILLIS = 2_000;

    private final HikariDataSource pool;
    private final HikariDataSource readers;
    private final SessionFactory sessions;
    private final Semaphore readingTurns = new Semaphore(
            Math.max(LEAST_TURNS, TURNS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()), true);
    private final Outage outage = new Outage();

    private Database(HikariDataSource pool, HikariDataSource readers, SessionFactory sessions) {
        this.pool = pool;
        this.readers = readers;
        this.sessions = sessions;
    }

    /**
     * Connects, migrates the schema and validates the entities against it.
     *
     * @param poolSize most connections that change something in use at once, and most that only read
     */
    public static Database open(DatabaseAddress address, int poolSize, List<Class<?>> entities) {
        HikariDataSource pool = pool(address, poolSize);
        try {
            migrate(pool);
            return new Database(pool, readers(address, poolSize), sessions(pool, entities));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Connects to a database that another process keeps at its version. */
    public static Database connect(DatabaseAddress address) {
        HikariDataSource pool = pool(address, 1);
        try {
            return new Database(pool, readers(address, 1), sessions(pool, List.of()));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Brings the schema of a database to the newest version. */
    public static void migrate(DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static HikariDataSource pool(DatabaseAddress address, int size) {
        return new HikariDataSource(config("database", address, size));
    }

    /** Connections whose transactions only read and see one moment: said once, and not at each transaction's begin. */
    private static HikariDataSource readers(DatabaseAddress address, int size) {
        HikariConfig config = config("database-reads", address, size);
        config.setConnectionInitSql("set timezone = 'UTC'; set session characteristics as transaction"
                + " isolation level repeatable read, read only");
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(String name, DatabaseAddress address, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(address.jdbcUrl());
        if (address.user() != null) {
            config.setUsername(address.user());
        }
        if (address.password() != null) {
            config.setPassword(address.password());
        }
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECT_PATIENCE_MILLIS);
        config.setValidationTimeout(VALIDATION_PATIENCE_MILLIS);
        config.addDataSourceProperty("ApplicationName", "slipway");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.setConnectionInitSql("set timezone = 'UTC'");
        return config;
    }

    private static SessionFactory sessions(DataSource pool, List<Class<?>> entities) {
        HibernatePersistenceConfiguration configuration = new HibernatePersistenceConfiguration("slipway");
        entities.forEach(configuration::managedClass);
        return configuration
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, pool)
                .property(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .property(BatchSettings.STATEMENT_BATCH_SIZE, 50)
                .property(MappingSettings.PHYSICAL_NAMING_STRATEGY, PhysicalNamingStrategySnakeCaseImpl.class.getName())
                .schemaToolingAction(Action.VALIDATE)
                .createEntityManagerFactory();
    }

    /** The pool, for what measures it and for connections that live outside transactions. */
    public HikariDataSource pool() {
        return pool;
    }

    SessionFactory sessions() {
        return sessions;
    }

    /** A connection for one reading transaction; to be closed after it. To be had within a turn. */
    Connection reader() throws SQLException {
        return readers.getConnection();
    }

    /**
     * Turns of reading transactions, first come, first served. They work rather than wait, so more of them at once than the
     * processors can serve would make none faster and all of them late.
     */
    Semaphore readingTurns() {
        return readingTurns;
    }

    /** Whether connections are in use, so that one that was not to be had may only have been late. */
    boolean isBusy() {
        return pool.getHikariPoolMXBean().getActiveConnections() > 0
                || readers.getHikariPoolMXBean().getActiveConnections() > 0;
    }

    Outage outage() {
        return outage;
    }

    /** Asks the server for its version. */
    public String serverVersion() throws SQLException {
        if (outage.holds()) {
            throw new SQLTransientConnectionException("the database is away");
        }
        try (Connection connection = pool.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    @Override
    public void close() {
        sessions.close();
        readers.close();
        pool.close();
    }
}
