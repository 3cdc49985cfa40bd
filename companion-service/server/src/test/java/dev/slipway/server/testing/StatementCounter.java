package dev.slipway.server.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the SQL statements that companions of this JVM run to answer requests, as the driver's log tells: what their
 * background jobs run, in other threads, does not count. A batch is one statement.
 */
public final class StatementCounter implements AutoCloseable {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private static final String REQUEST_THREADS = "http";

    private final AtomicInteger statements = new AtomicInteger();
    private final Level levelBefore = DRIVER.getLevel();
    private final boolean parentsBefore = DRIVER.getUseParentHandlers();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            String message = entry.getMessage().strip();
            boolean statement = message.startsWith("simple execute") || message.startsWith("batch execute");
            if (statement && Thread.currentThread().getName().startsWith(REQUEST_THREADS)) {
                statements.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public StatementCounter() {
        handler.setLevel(Level.ALL);
        DRIVER.setUseParentHandlers(false);
        DRIVER.addHandler(handler);
        DRIVER.setLevel(Level.FINEST);
    }

    /** How many statements have run since the last call, or the beginning. */
    public int take() {
        return statements.getAndSet(0);
    }

    @Override
    public void close() {
        DRIVER.removeHandler(handler);
        DRIVER.setLevel(levelBefore);
        DRIVER.setUseParentHandlers(parentsBefore);
    }
}
