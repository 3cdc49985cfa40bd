package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.LeaveRequest;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.Hangup;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.signing.PayloadSigner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims tasks and does them until it is stopped or, if so configured, until there is nothing to do. A companion that
 * is away is waited for.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LONG_POLL_SECONDS = 30;
    private static final int IDLE_POLL_SECONDS = 2;
    private static final int RENEW_SECONDS = 10;
    private static final long LONGEST_PAUSE_MS = 15_000;

    private final WorkerConfig config;
    private final SlipwayClient client;
    private final LeaseKeeper leases;
    private final TaskRunner runner;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "leases");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger done = new AtomicInteger();
    private final Hangup hangup = new Hangup();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile List<PingRequest.Held> givenUp = List.of();
    private volatile @Nullable IOException refusal;

    /** @param engine null for a worker that only signs */
    public Worker(WorkerConfig config, SlipwayClient client, @Nullable Engine engine) {
        this.config = config;
        this.client = client;
        this.leases = new LeaseKeeper(config.name(), client.tasks());
        this.runner = new TaskRunner(
                client,
                engine == null ? null : new EngineTasks(client, engine),
                new SignTasks(client.signing(), config.signers()),
                config.home().resolve("tasks"));
    }

    /**
     * Works until stopped or idle.
     *
     * @return how many tasks were done, whatever came of them
     * @throws IOException when the companion refuses this worker: unknown token, missing scope, bad configuration
     */
    public int run() throws IOException, InterruptedException {
        if (!register()) {
            return 0;
        }
        leases.start(timer, RENEW_SECONDS);
        synchronized (threads) {
            for (int i = 0; i < config.parallel() && !isStopping(); i++) {
                Thread thread = new Thread(this::work, "task-" + i);
                threads.add(thread);
                thread.start();
            }
        }
        for (Thread thread : List.copyOf(threads)) {
            thread.join();
        }
        timer.shutdownNow();
        if (isStopping()) {
            leave();
        }
        IOException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        return done.get();
    }

    /** Claims nothing more and ends what runs; {@link #run} then gives its tasks up, so that others take them over. */
    @Override
    public void close() {
        if (isStopping()) {
            return;
        }
        givenUp = leases.all();
        stop.countDown();
        hangup.hangUp();
        leases.cancelAll("the worker is stopping");
        synchronized (threads) {
            threads.forEach(Thread::interrupt);
        }
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void leave() {
        try {
            client.tasks().leave(new LeaveRequest(config.name(), givenUp));
        } catch (IOException e) {
            LOG.info("its leases run out by themselves: {}", e.getMessage());
        }
    }

    /** Whether it is registered; not when it is stopped before. */
    private boolean register() throws IOException, InterruptedException {
        WorkerRequest request = new WorkerRequest(
                config.name(), List.copyOf(config.kinds()), config.arches(), keyIds(), config.version());
        long pause = 500;
        while (!isStopping()) {
            try {
                client.workers().register(request, hangup);
                LOG.info(
                        "worker {} offers {} for {}{}",
                        config.name(),
                        String.join(", ", config.kinds().stream().sorted().toList()),
                        String.join(", ", config.arches()),
                        keyIds().isEmpty() ? "" : " with the keys " + String.join(", ", keyIds()));
                return true;
            } catch (ApiException e) {
                if (e.status() < 500 && e.status() != 429) {
                    throw e;
                }
                LOG.warn("cannot register yet: {}", e.getMessage());
            } catch (IOException e) {
                if (!isStopping()) {
                    LOG.warn("cannot register yet: {}", e.getMessage());
                }
            }
            if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                break;
            }
            pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        }
        return false;
    }

    private List<String> keyIds() {
        return config.signers().stream().map(PayloadSigner::keyId).toList();
    }

    private void work() {
        ClaimRequest request = new ClaimRequest(
                config.name(),
                List.copyOf(config.kinds()),
                config.arches(),
                keyIds(),
                config.untilIdle() ? IDLE_POLL_SECONDS : LONG_POLL_SECONDS);
        long pause = 0;
        while (!isStopping()) {
            try {
                ClaimedTask claimed = client.tasks().claim(request, hangup);
                pause = 0;
                if (claimed != null) {
                    perform(claimed);
                } else if (config.untilIdle() && leases.count() == 0) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                if (isStopping()) {
                    return;
                }
                if (e instanceof ApiException refused && refused.status() < 500 && refused.status() != 429) {
                    refusal = e;
                    return;
                }
                if (pause == 0) {
                    LOG.warn("cannot claim: {}", e.getMessage());
                }
                pause = Math.min(LONGEST_PAUSE_MS, Math.max(500, pause * 2));
                try {
                    if (stop.await(pause, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void perform(ClaimedTask claimed) throws InterruptedException {
        HeldTask held = new HeldTask(claimed);
        leases.hold(held);
        try {
            runner.run(held);
            done.incrementAndGet();
        } finally {
            leases.release(held);
        }
    }
}
