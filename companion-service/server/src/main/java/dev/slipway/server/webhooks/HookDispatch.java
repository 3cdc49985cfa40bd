package dev.slipway.server.webhooks;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.webhooks.Deliveries.Due;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, several at once. A receiver hears of each event at least once: one that the service did not survive
 * telling is told again, under the same delivery id.
 */
final class HookDispatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookDispatch.class);
    private static final int MOST_AT_ONCE = 8;
    private static final int MOST_OF_EACH = 2;

    private final Clock clock;
    private final Transactions transactions;
    private final Deliveries deliveries;
    private final Health health;
    private final HookSender sender;
    private final SecretBox box;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final ThreadPoolExecutor executor;

    HookDispatch(
            Clock clock,
            Transactions transactions,
            Deliveries deliveries,
            Health health,
            HookSender sender,
            SecretBox box) {
        this.clock = clock;
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.health = health;
        this.sender = sender;
        this.box = box;
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                MOST_AT_ONCE, MOST_AT_ONCE, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "webhook-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Makes deliveries of new events and begins to send what is due; returns without waiting for the answers. */
    void run() {
        while (transactions.call(deliveries::readOn)) {
            Failpoints.reach("webhook.read");
        }
        int slots = free.drainPermits();
        List<Due> due = List.of();
        try {
            int limit = slots;
            due = limit == 0 ? due : transactions.call(session -> deliveries.claim(limit, MOST_OF_EACH, session));
        } finally {
            free.release(slots - due.size());
        }
        if (!due.isEmpty()) {
            Failpoints.reach("webhook.claimed");
        }
        due.forEach(this::begin);
    }

    private void begin(Due due) {
        try {
            executor.execute(() -> {
                try {
                    attempt(due);
                } catch (RuntimeException e) {
                    LOG.warn("delivery {} was tried, but what became of it could not be written down", due.id(), e);
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release(); // the service ends; the delivery is due again soon
        }
    }

    private void attempt(Due due) {
        long start = System.nanoTime();
        HookSender.Outcome outcome = send(due);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Failpoints.reach("webhook.sent");
        transactions.run(session -> {
            deliveries.record(due, outcome, took, session);
            health.note(due.webhookId(), outcome, session);
            Deliveries.wake(session); // there may be more than there were free slots
        });
        Failpoints.reach("webhook.recorded");
    }

    private HookSender.Outcome send(Due due) {
        try {
            return sender.send(due, box.open(due.secret()), clock.instant());
        } catch (GeneralSecurityException e) {
            return HookSender.Outcome.failed(
                    "the webhook's secret cannot be read with this service's key: give the webhook a new secret");
        }
    }

    /** Interrupts what is being sent; it is sent again. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
