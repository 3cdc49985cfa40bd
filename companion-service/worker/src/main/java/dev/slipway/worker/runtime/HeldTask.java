package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.worker.tools.Cancellation;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A task that this worker holds a lease on. Thread-safe. */
final class HeldTask {
    private final ClaimedTask task;
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch losing = new CountDownLatch(1);
    private volatile boolean lost;
    private volatile boolean reporting;

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

    /** As {@link #isLost}, but waits for a moment whether it will be so. */
    boolean isLostWithin(Duration moment) throws InterruptedException {
        return losing.await(moment.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on the answer to the report alone says whether the task was still held. */
    void reporting() {
        reporting = true;
    }

    boolean isReporting() {
        return reporting;
    }

    void lose(String why) {
        lost = true;
        losing.countDown();
        cancellation.cancel(why);
    }
}
