package dev.slipway.server.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wake-ups between transactions and waiting callers, also those of other companions on the same database. One
 * connection listens; after it was lost and made again every listener is woken once, since anything may have been missed.
 *
 * <p>A wake-up carries a topic ({@code task}, {@code event}, …) and a key. It says that looking may be worthwhile, no
 * more: listeners look into the database. PostgreSQL commits notifying transactions one after the other, so notify where
 * something becomes available, not at every change.
 */
public final class Notifications implements AutoCloseable {
    /** The key under which listeners are woken when anything may have happened. */
    public static final String ANYTHING = "*";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final String CHANNEL = "slipway";
    private static final int POLL_MILLIS = 1_000;
    private static final int PROBE_POLLS = 30;
    private static final int PROBE_PATIENCE_SECONDS = 5;
    private static final long RECONNECT_PAUSE_MILLIS = 500;

    private final DatabaseAddress address;
    private final Outage outage;
    private final Map<String, CopyOnWriteArrayList<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /** Starts to listen, in a thread of its own. */
    public Notifications(DatabaseAddress address) {
        this(address, new Outage());
    }

    /** As {@link #Notifications(DatabaseAddress)}; transactions of {@code database} learn at once when its server is away. */
    public Notifications(DatabaseAddress address, Database database) {
        this(address, database.outage());
    }

    private Notifications(DatabaseAddress address, Outage outage) {
        this.address = address;
        this.outage = outage;
        thread = new Thread(this::listen, "notifications");
        thread.setDaemon(true);
        thread.start();
    }

    /** Wakes the listeners of {@code topic} when the session's transaction commits. */
    public static void send(StatelessSession session, String topic, String key) {
        Sql.list(session, "select pg_notify(?, ?)", row -> true, CHANNEL, topic + " " + key);
    }

    /**
     * Calls {@code listener} with the key of each wake-up of the topic, in the listening thread: it must return at once.
     * Close what is returned to end it.
     */
    public Subscription subscribe(String topic, Consumer<String> listener) {
        CopyOnWriteArrayList<Consumer<String>> ofTopic =
                listeners.computeIfAbsent(topic, t -> new CopyOnWriteArrayList<>());
        ofTopic.add(listener);
        return () -> ofTopic.remove(listener);
    }

    /** Ends when closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private void listen() {
        while (stopped.getCount() > 0) {
            boolean heard = false;
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                heard = true;
                outage.end();
                wakeAll();
                hear(connection);
            } catch (SQLException e) {
                // one that was lost is made again at once: only then it is known whether the server is away
                if (!heard) {
                    outage.begin();
                    if (!pause(e)) {
                        return;
                    }
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (address.user() != null) {
            properties.setProperty("user", address.user());
        }
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        properties.setProperty("ApplicationName", "slipway notifications");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        int silentPolls = 0;
        while (stopped.getCount() > 0) {
            PGNotification[] heard = listening.getNotifications(POLL_MILLIS);
            if (heard == null) {
                // A server that went away without a word looks like one that has nothing to say.
                if (++silentPolls % PROBE_POLLS == 0 && !connection.isValid(PROBE_PATIENCE_SECONDS)) {
                    throw new SQLException("the listening connection is dead");
                }
                continue;
            }
            for (PGNotification notification : heard) {
                String[] parts = notification.getParameter().split(" ", 2);
                wake(parts[0], parts.length > 1 ? parts[1] : ANYTHING);
            }
        }
    }

    private boolean pause(SQLException e) {
        if (stopped.getCount() > 0) {
            LOG.debug("the listening connection was lost", e);
        }
        try {
            return !stopped.await(RECONNECT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void wakeAll() {
        listeners.keySet().forEach(topic -> wake(topic, ANYTHING));
    }

    private void wake(String topic, String key) {
        for (Consumer<String> listener : listeners.getOrDefault(topic, new CopyOnWriteArrayList<>())) {
            try {
                listener.accept(key);
            } catch (RuntimeException e) {
                LOG.warn("a listener for {} failed", topic, e);
            }
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(2L * POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
