package dev.slipway.worker.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says once, from any thread, that a task is to stop. What runs for the task is killed at once. Thread-safe. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable String reason;

    /** Has no effect when it was cancelled before. Returns when every listener has been told. */
    public void cancel(String why) {
        List<Runnable> told;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return reason != null;
    }

    /**
     * Goes on unless cancelled.
     *
     * @throws CancelledException when it was cancelled
     */
    public synchronized void check() {
        if (reason != null) {
            throw new CancelledException(reason);
        }
    }

    /** Runs {@code listener} when this is cancelled, at once if it already is, until the registration is closed. */
    public Registration onCancel(Runnable listener) {
        boolean late;
        synchronized (this) {
            late = reason != null;
            if (!late) {
                listeners.add(listener);
            }
        }
        if (late) {
            listener.run();
        }
        return () -> remove(listener);
    }

    private synchronized void remove(Runnable listener) {
        listeners.remove(listener);
    }

    /** Ends a registration; closing twice is harmless. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
