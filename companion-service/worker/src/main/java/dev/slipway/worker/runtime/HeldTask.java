package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.worker.tools.Cancellation;
import java.util.UUID;

/** A task that this worker holds a lease on. Thread-safe. */
final class HeldTask {
    private final ClaimedTask task;
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean lost;

    HeldTask(ClaimedTask task) {
        this.task = task;
    }

    ClaimedTask task() {
        return task;
    }

    long id() {
        return task.id();
    }

    UUID lease() {
        return task.lease().id();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Whether the task is another's now, so that nothing said about it counts any more. */
    boolean isLost() {
        return lost;
    }

    void lose(String why) {
        lost = true;
        cancellation.cancel(why);
    }
}
