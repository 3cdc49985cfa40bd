package dev.slipway.server.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether PostgreSQL is known to be away. Then callers are told so at once instead of each waiting for a connection that
 * cannot come; one of them now and then tries all the same. Thread-safe.
 */
final class Outage {
    private static final long BETWEEN_TRIES_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NONE = Long.MIN_VALUE;

    /** When the next caller may try, by {@link System#nanoTime}. */
    private final AtomicLong nextTry = new AtomicLong(NONE);

    /** PostgreSQL was found to be away. */
    void begin() {
        nextTry.set(System.nanoTime() + BETWEEN_TRIES_NANOS);
    }

    /** PostgreSQL answered. */
    void end() {
        if (nextTry.get() != NONE) {
            nextTry.set(NONE);
        }
    }

    /** Whether the caller is not to try now. */
    boolean holds() {
        long due = nextTry.get();
        if (due == NONE) {
            return false;
        }
        long now = System.nanoTime();
        return now - due < 0 || !nextTry.compareAndSet(due, now + BETWEEN_TRIES_NANOS);
    }
}
