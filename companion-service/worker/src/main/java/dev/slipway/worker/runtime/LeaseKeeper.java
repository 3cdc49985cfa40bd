package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.client.Tasks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of all held tasks with one ping, and passes on what the companion answers: stop this, that one is
 * lost. While the companion is away nothing is given up; it alone knows whether a lease still counts.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final String worker;
    private final Tasks tasks;
    private final Map<Long, HeldTask> held = new ConcurrentHashMap<>();

    LeaseKeeper(String worker, Tasks tasks) {
        this.worker = worker;
        this.tasks = tasks;
    }

    void start(ScheduledExecutorService timer, int seconds) {
        timer.scheduleWithFixedDelay(this::ping, seconds, seconds, TimeUnit.SECONDS);
    }

    void hold(HeldTask task) {
        held.put(task.id(), task);
    }

    void release(HeldTask task) {
        held.remove(task.id(), task);
    }

    int count() {
        return held.size();
    }

    void cancelAll(String why) {
        held.values().forEach(task -> task.lose(why));
    }

    /** What is held now. */
    List<PingRequest.Held> all() {
        return held.values().stream()
                .map(task -> new PingRequest.Held(task.id(), task.lease()))
                .toList();
    }

    private void ping() {
        List<PingRequest.Held> leases = all();
        if (leases.isEmpty()) {
            return;
        }
        try {
            PingAnswer answer = tasks.ping(new PingRequest(worker, leases));
            for (PingAnswer.Stop stop : answer.stop()) {
                HeldTask task = held.get(stop.taskId());
                if (task != null) {
                    task.cancellation().cancel(stop.reason());
                }
            }
            for (Long lost : answer.lost()) {
                HeldTask task = held.get(lost);
                // A ping that crosses a report finds no lease any more.
                if (task != null && !task.isReporting()) {
                    LOG.warn("task {}: its lease is lost, another worker may have it", lost);
                    task.lose("the lease was lost");
                }
            }
        } catch (IOException e) {
            LOG.debug("ping failed", e);
        } catch (RuntimeException e) {
            // The timer would never ping again.
            LOG.error("ping failed", e);
        }
    }
}
