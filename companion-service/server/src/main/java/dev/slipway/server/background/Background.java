package dev.slipway.server.background;

import dev.slipway.server.database.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named jobs that run again and again. A job that fails is logged and runs again next time; none overlaps itself. None runs
 * before {@link #begin()}: jobs may need all of the service.
 */
public final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int THREADS = 4;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** What a job does. */
    @FunctionalInterface
    public interface Job {
        void run() throws Exception;
    }

    private final Map<String, Named> jobs = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor;
    private final Queue<Runnable> early = new ArrayDeque<>();
    private boolean begun;

    public Background() {
        AtomicInteger number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "background-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Lets jobs run from now on; those that were to run soon do so at once. */
    public synchronized void begin() {
        begun = true;
        early.forEach(Runnable::run);
        early.clear();
    }

    private synchronized void onceBegun(Runnable start) {
        if (begun) {
            start.run();
        } else {
            early.add(start);
        }
    }

    /** Runs {@code job} for the first time after {@code pause}, and again {@code pause} after each end. */
    public void every(Duration pause, String name, Job job) {
        Named named = new Named(name, job);
        if (jobs.putIfAbsent(name, named) != null) {
            throw new IllegalStateException("two background jobs are called " + name);
        }
        onceBegun(() -> schedule(named, pause.toMillis()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a job answers for its own failures
    private void schedule(Named job, long pause) {
        executor.scheduleWithFixedDelay(job::runLogged, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Runs the job of that name as soon as a thread is free, beside its schedule; returns at once. */
    public void soon(String name) {
        Named job = named(name);
        onceBegun(() -> {
            if (!executor.isShutdown()) {
                executor.execute(job::runLogged);
            }
        });
    }

    /** Runs the job of that name now, in the calling thread: for tests, which do not wait for the clock. */
    public void runNow(String name) throws Exception {
        named(name).run();
    }

    private Named named(String name) {
        return Objects.requireNonNull(jobs.get(name), () -> "no background job is called " + name);
    }

    /** Waits for running jobs for a while, then interrupts them. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static final class Named {
        private final String name;
        private final Job job;
        private final ReentrantLock running = new ReentrantLock();

        Named(String name, Job job) {
            this.name = name;
            this.job = job;
        }

        void run() throws Exception {
            running.lock();
            try {
                job.run();
            } finally {
                running.unlock();
            }
        }

        /** Logs instead of throwing: an exception would end the schedule. */
        @SuppressWarnings("CatchAndPrintStackTrace")
        void runLogged() {
            try {
                run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (DatabaseUnavailableException e) {
                LOG.warn("background job {} will run again: {}", name, e.getMessage());
            } catch (Exception e) {
                LOG.warn("background job {} failed and will run again", name, e);
            }
        }
    }
}
