package dev.slipway.server.http;

import dev.slipway.server.database.Notifications;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers requests that wait for something to become available. A waiting request holds neither a thread nor a database
 * connection. A wake-up with a key lets one waiter for that key try; when it got something, the next one tries, so that
 * one new thing among a thousand waiters costs two tries and not a thousand.
 */
public final class LongPolls implements AutoCloseable {
    /** The longest that a caller may ask to wait, in seconds. */
    public static final int LONGEST_WAIT_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(LongPolls.class);
    private static final int THREADS = 8;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final String LEAVING = "leaving";
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final Notifications notifications;
    private final int most;
    private final int mostOfOne;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Long, Integer> waitingOfOne = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor;
    private final AtomicBoolean checkDue = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Without a waiting request yet.
     *
     * @param most how many requests may wait at once
     * @param mostOfOne how many of them may be one user's
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks answer for their own failures
    public LongPolls(Notifications notifications, int most, int mostOfOne) {
        this.notifications = notifications;
        this.most = most;
        this.mostOfOne = mostOfOne;
        AtomicInteger number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "long-poll-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        notifications.subscribe(LEAVING, name -> executor.execute(() -> dismiss(name)));
        executor.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Checks a caller's {@code wait_seconds}; absent means none. */
    public static Duration waitSeconds(@Nullable Integer seconds) {
        int wanted = seconds == null ? 0 : seconds;
        if (wanted < 0 || wanted > LONGEST_WAIT_SECONDS) {
            throw ProblemException.badRequest("wait_seconds must be between 0 and " + LONGEST_WAIT_SECONDS);
        }
        return Duration.ofSeconds(wanted);
    }

    /**
     * Answers with what {@code attempt} finds: now, or after a wake-up, or with nothing when {@code wait} is over; with a
     * refusal, and without looking, once the asker may wait no longer: soon after {@link #recheck}, or at the next look.
     *
     * @param asker whose request it is
     * @param topic the notifications' topic
     * @param keys the notifications' keys after which trying is worthwhile
     * @param attempt looks once, in a transaction of its own; called by one thread at a time
     * @param answer makes the response's entity or response of what was found
     * @throws ProblemException 429 when too many of the user's requests wait already, 503 when too many of everyone's do
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks answer for their own failures
    public <T> void answer(
            AsyncResponse response,
            Asker asker,
            String topic,
            Set<String> keys,
            Duration wait,
            Supplier<Optional<T>> attempt,
            Function<Optional<T>, Object> answer) {
        Waiter<T> waiter = new Waiter<>(asker, topic(topic), Set.copyOf(keys), attempt, answer, response);
        if (wait.isZero() || closed) {
            waiter.tryLast();
            return;
        }
        takePlace(asker.user());
        waiter.topic.add(waiter);
        response.setTimeout(wait.toMillis() + 5_000, TimeUnit.MILLISECONDS);
        executor.schedule(waiter.traced(waiter::tryLast), wait.toMillis(), TimeUnit.MILLISECONDS);
        waiter.tryNow(null);
        if (closed) {
            waiter.tryLast();
        }
    }

    private void takePlace(long user) {
        if (waitingOfOne.merge(user, 1, Integer::sum) > mostOfOne) {
            leavePlace(user);
            throw ProblemException.tooMany(
                    "you have " + mostOfOne + " requests waiting, which is all that one user may have;"
                            + " ask without wait_seconds, or later",
                    RETRY);
        }
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            leavePlace(user);
            throw ProblemException.unavailable(
                    "too many requests wait already; ask without wait_seconds, or later", RETRY);
        }
    }

    private void leavePlace(long user) {
        waitingOfOne.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    private Topic topic(String name) {
        return topics.computeIfAbsent(name, n -> {
            Topic topic = new Topic();
            notifications.subscribe(n, key -> executor.execute(() -> topic.wake(key)));
            return topic;
        });
    }

    /** Lets one waiter of each kind try, in case a wake-up was for something that was only taken for a moment. */
    private void sweep() {
        topics.values().forEach(Topic::sweep);
    }

    /** Looks soon whether every asker may still wait; returns at once. */
    public void recheck() {
        if (!closed && checkDue.compareAndSet(false, true)) {
            executor.execute(() -> {
                checkDue.set(false);
                topics.values()
                        .forEach(topic -> topic.all()
                                .forEach(waiter -> waiter.traced(waiter::check).run()));
            });
        }
    }

    /**
     * Answers with nothing whatever an asker of that name waits for, on every companion, once the session's transaction
     * has committed: nothing is found any more for somebody who does not listen.
     */
    public static void leave(String name, StatelessSession session) {
        Notifications.send(session, LEAVING, name);
    }

    private void dismiss(String name) {
        topics.values()
                .forEach(topic -> topic.all().stream()
                        .filter(waiter -> waiter.asker.name().equals(name))
                        .forEach(waiter -> waiter.traced(waiter::dismiss).run()));
    }

    /** Answers every waiter now. */
    @Override
    public void close() {
        closed = true;
        topics.values()
                .forEach(topic -> topic.all().forEach(waiter -> executor.execute(waiter.traced(waiter::tryLast))));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Topic {
        private final Set<Waiter<?>> waiters = new LinkedHashSet<>();

        synchronized void add(Waiter<?> waiter) {
            waiters.add(waiter);
        }

        synchronized boolean remove(Waiter<?> waiter) {
            return waiters.remove(waiter);
        }

        synchronized List<Waiter<?>> all() {
            return new ArrayList<>(waiters);
        }

        void wake(String key) {
            if (key.equals(Notifications.ANYTHING)) {
                all().forEach(waiter -> executor.execute(waiter.traced(() -> waiter.tryNow(null))));
            } else {
                next(key).ifPresent(waiter -> executor.execute(waiter.traced(() -> waiter.tryNow(key))));
            }
        }

        private synchronized Optional<Waiter<?>> next(String key) {
            return waiters.stream().filter(waiter -> waiter.keys.contains(key)).findFirst();
        }

        void sweep() {
            Set<Set<String>> seen = new HashSet<>();
            for (Waiter<?> waiter : all()) {
                if (seen.add(waiter.keys)) {
                    executor.execute(waiter.traced(() -> waiter.tryNow(null)));
                }
            }
        }
    }

    private final class Waiter<T> {
        private final Asker asker;
        private final Topic topic;
        private final Set<String> keys;
        private final Supplier<Optional<T>> attempt;
        private final Function<Optional<T>, Object> answer;
        private final AsyncResponse response;
        private final String trace = Trace.current();
        private boolean answered;

        Waiter(
                Asker asker,
                Topic topic,
                Set<String> keys,
                Supplier<Optional<T>> attempt,
                Function<Optional<T>, Object> answer,
                AsyncResponse response) {
            this.asker = asker;
            this.topic = topic;
            this.keys = keys;
            this.attempt = attempt;
            this.answer = answer;
            this.response = response;
        }

        /** Lets the log lines of a thread of ours carry the request's trace. */
        Runnable traced(Runnable work) {
            return () -> {
                MDC.put(Trace.KEY, trace);
                try {
                    work.run();
                } finally {
                    MDC.remove(Trace.KEY);
                }
            };
        }

        /** Looks once; after a find, or a refusal, because of {@code key} the next waiter for it gets its turn. */
        void tryNow(@Nullable String key) {
            boolean more;
            synchronized (this) {
                more = !answered && look(false);
            }
            if (key != null && more) {
                topic.wake(key);
            }
        }

        synchronized void tryLast() {
            if (!answered) {
                look(true);
            }
        }

        /** Answers an asker who may wait no longer; what is found by then is for others. */
        synchronized void check() {
            try {
                if (!answered) {
                    asker.refusal().get().ifPresent(this::finish);
                }
            } catch (RuntimeException e) {
                LOG.debug("cannot tell whether a request may go on waiting", e);
            }
        }

        synchronized void dismiss() {
            if (!answered) {
                finish(answer.apply(Optional.empty()));
            }
        }

        /** Whether there may be more for others: this one found something, or may look no longer. */
        private boolean look(boolean last) {
            try {
                Optional<ProblemException> refusal = asker.refusal().get();
                if (refusal.isPresent()) {
                    finish(refusal.get());
                    return true;
                }
                Optional<T> found = attempt.get();
                if (found.isPresent() || last) {
                    finish(answer.apply(found));
                }
                return found.isPresent();
            } catch (RuntimeException e) {
                finish(e);
                return false;
            }
        }

        private void finish(Object result) {
            answered = true;
            if (topic.remove(this)) {
                waiting.decrementAndGet();
                leavePlace(asker.user());
            }
            if (result instanceof Throwable thrown) {
                response.resume(thrown);
            } else {
                response.resume(result);
            }
        }
    }
}
