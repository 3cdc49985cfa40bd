package dev.slipway.worker.tools;

import java.time.Duration;

/** The moment at which a task's time is over. */
public final class Deadline {
    private final Duration allowed;
    private final long endNanos;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.endNanos = System.nanoTime() + allowed.toNanos();
    }

    /** Starts to count now. */
    public static Deadline after(Duration allowed) {
        return new Deadline(allowed);
    }

    /** What was allowed from the start. */
    public Duration allowed() {
        return allowed;
    }

    public boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    /** At least a millisecond, so that it can serve as a timeout. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
    }
}
