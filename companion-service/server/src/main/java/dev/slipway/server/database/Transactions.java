package dev.slipway.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in a transaction (READ COMMITTED). Work that loses against another transaction is run again, so it must have
 * no effect outside the database; such effects go into {@link #afterCommit}. Transactions do not nest: methods that are
 * to take part in their caller's get its session as an argument.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Database database;

    @SuppressWarnings("ThreadLocalUsage") // a thread may have a transaction on each of several databases
    private final ThreadLocal<@Nullable List<Runnable>> hooks = new ThreadLocal<>();

    public Transactions(Database database) {
        this.database = database;
    }

    /**
     * Runs the work and commits; rolls back when it throws.
     *
     * @throws DatabaseUnavailableException when PostgreSQL is away
     */
    public <T extends @Nullable Object> T call(Function<StatelessSession, T> work) {
        return attempt(work, false);
    }

    /** As {@link #call} for work without a result. */
    public void run(Consumer<StatelessSession> work) {
        this.<@Nullable Void>attempt(
                session -> {
                    work.accept(session);
                    return null;
                },
                false);
    }

    /** As {@link #call} for work that only reads: one consistent view, and nothing can be changed. */
    public <T extends @Nullable Object> T read(Function<StatelessSession, T> work) {
        return attempt(work, true);
    }

    /** Runs {@code hook} once the transaction of the calling thread has committed, and never when it does not. */
    public void afterCommit(Runnable hook) {
        List<Runnable> current = hooks.get();
        if (current == null) {
            throw new IllegalStateException("no transaction is running in this thread");
        }
        current.add(hook);
    }

    private <T extends @Nullable Object> T attempt(Function<StatelessSession, T> work, boolean readOnly) {
        if (hooks.get() != null) {
            throw new IllegalStateException(
                    "a transaction is running in this thread already: hand its session on instead");
        }
        if (database.outage().holds()) {
            throw new DatabaseUnavailableException(null);
        }
        for (int attempt = 1; ; attempt++) {
            List<Runnable> afterwards = new ArrayList<>();
            hooks.set(afterwards);
            T result;
            try {
                result = once(work, readOnly);
                database.outage().end();
            } catch (RuntimeException e) {
                if (SqlStates.isUnavailable(e)) {
                    if (!database.isBusy()) {
                        database.outage().begin();
                    }
                    throw new DatabaseUnavailableException(e);
                }
                if (!SqlStates.isConflict(e) || attempt >= MOST_ATTEMPTS) {
                    throw e;
                }
                LOG.debug("transaction lost against another, attempt {}", attempt);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS * attempt));
                continue;
            } finally {
                hooks.remove();
            }
            afterwards.forEach(Transactions::runHook);
            return result;
        }
    }

    private <T extends @Nullable Object> T once(Function<StatelessSession, T> work, boolean readOnly) {
        if (!readOnly) {
            try (StatelessSession session = database.sessions().openStatelessSession()) {
                return within(session, work);
            }
        }
        database.readingTurns().acquireUninterruptibly();
        try (Connection reader = database.reader();
                StatelessSession session = database.sessions().openStatelessSession(reader)) {
            return within(session, work);
        } catch (SQLException e) {
            throw new JDBCConnectionException("no connection to read with", e);
        } finally {
            database.readingTurns().release();
        }
    }

    private static <T extends @Nullable Object> T within(StatelessSession session, Function<StatelessSession, T> work) {
        Transaction transaction = session.beginTransaction();
        try {
            T result = work.apply(session);
            transaction.commit();
            return result;
        } catch (Throwable t) {
            rollBack(transaction, t);
            throw t;
        }
    }

    private static void rollBack(Transaction transaction, Throwable cause) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** The commit has happened: what a hook throws must not make it look as if it had not. */
    private static void runHook(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            LOG.warn("an after-commit hook failed", e);
        }
    }
}
