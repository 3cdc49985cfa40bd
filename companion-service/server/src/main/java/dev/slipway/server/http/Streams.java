package dev.slipway.server.http;

import dev.slipway.server.database.Notifications;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events. A stream has a cursor and asks its feed for what comes after it whenever a notification says that
 * there may be more; so nothing is queued per client, and one that comes back with its last event's id misses nothing.
 */
public final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int THREADS = 8;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** What a stream shows. */
    @FunctionalInterface
    public interface Feed {
        /** The next events after the cursor, a bounded number of them; called in a thread of this class. */
        Batch after(long cursor);
    }

    /**
     * Some events.
     *
     * @param cursor where the next batch begins
     * @param complete whether no more will ever come
     */
    public record Batch(List<Item> items, long cursor, boolean complete) {}

    /**
     * One event.
     *
     * @param id what a client sends as Last-Event-ID to go on behind it
     * @param name the event's name
     */
    public record Item(String id, String name, String data) {}

    private final Notifications notifications;
    private final int most;
    private final int mostOfOne;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor;
    /** Apart, so that readers who take nothing hold up nobody's check. */
    private final ScheduledThreadPoolExecutor checks;

    private final AtomicBoolean checkDue = new AtomicBoolean();

    /**
     * Without a stream yet.
     *
     * @param most how many may be open at once
     * @param mostOfOne how many of them may be one user's
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks answer for their own failures
    public Streams(Notifications notifications, int most, int mostOfOne) {
        this.notifications = notifications;
        this.most = most;
        this.mostOfOne = mostOfOne;
        AtomicInteger number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "stream-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(
                this::heartbeat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        checks = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "stream-checks");
            thread.setDaemon(true);
            return thread;
        });
        checks.scheduleWithFixedDelay(this::check, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many streams are open. */
    public int count() {
        return open.size();
    }

    /**
     * Begins a stream. It ends when its reader may no longer read: soon after {@link #recheck}, or else within a
     * heartbeat.
     *
     * @param topic the notifications' topic that says when there may be more
     * @param key the notifications' key; {@link Notifications#ANYTHING} for every one of the topic
     * @throws ProblemException 429 when the reader has too many streams, 503 when there are too many of everyone's
     */
    public void open(Asker reader, SseEventSink sink, Sse sse, String topic, String key, long cursor, Feed feed) {
        Stream stream = new Stream(reader, sink, sse, feed, cursor);
        open.add(stream);
        boolean tooManyOfOne = open.stream()
                        .filter(each -> each.reader.user() == reader.user())
                        .count()
                > mostOfOne;
        if (tooManyOfOne || open.size() > most) {
            open.remove(stream);
            heartbeat(); // finds those whose clients are gone
            throw tooManyOfOne
                    ? ProblemException.tooMany(
                            "you have " + mostOfOne + " streams open, which is all that one user may have; close one",
                            RETRY)
                    : ProblemException.unavailable("too many streams are open", RETRY);
        }
        stream.subscription = notifications.subscribe(topic, woken -> {
            if (key.equals(Notifications.ANYTHING) || woken.equals(key) || woken.equals(Notifications.ANYTHING)) {
                stream.wake();
            }
        });
        stream.wake();
    }

    private void heartbeat() {
        open.forEach(Stream::beat);
    }

    /** Looks soon whether every reader may still read; returns at once. */
    public void recheck() {
        if (!checks.isShutdown() && checkDue.compareAndSet(false, true)) {
            checks.execute(() -> {
                checkDue.set(false);
                check();
            });
        }
    }

    private void check() {
        open.forEach(Stream::check);
    }

    /** Ends every stream; clients come back with their last event's id. */
    @Override
    public void close() {
        open.forEach(Stream::end);
        executor.shutdownNow();
        checks.shutdownNow();
    }

    private final class Stream {
        private final Asker reader;
        private final SseEventSink sink;
        private final Sse sse;
        private final Feed feed;
        private final AtomicBoolean due = new AtomicBoolean();
        private long cursor;
        private volatile boolean refused;
        private volatile Notifications.Subscription subscription = () -> {};

        Stream(Asker reader, SseEventSink sink, Sse sse, Feed feed, long cursor) {
            this.reader = reader;
            this.sink = sink;
            this.sse = sse;
            this.feed = feed;
            this.cursor = cursor;
        }

        void wake() {
            if (!executor.isShutdown() && due.compareAndSet(false, true)) {
                executor.execute(this::pump);
            }
        }

        private synchronized void pump() {
            due.set(false);
            try {
                Batch batch;
                do {
                    batch = feed.after(cursor);
                    for (Item item : batch.items()) {
                        send(sse.newEventBuilder()
                                .id(item.id())
                                .name(item.name())
                                .data(item.data())
                                .build());
                    }
                    cursor = batch.cursor();
                } while (!batch.items().isEmpty() && !batch.complete() && !sink.isClosed());
                if (batch.complete()) {
                    end();
                }
            } catch (RuntimeException e) {
                LOG.debug("a stream ended", e);
                end();
            }
        }

        private void beat() {
            executor.execute(() -> {
                synchronized (this) {
                    try {
                        send(sse.newEventBuilder().comment("").build());
                    } catch (RuntimeException e) {
                        end();
                    }
                }
            });
        }

        /** A failure to find out whether the reader may read ends nothing: the next check will tell. */
        private void check() {
            try {
                if (!reader.isPermitted()) {
                    refused = true;
                    executor.execute(this::end);
                }
            } catch (RuntimeException e) {
                LOG.debug("cannot tell whether a stream may go on", e);
            }
        }

        /** Waits for the client to take the event, so that a slow client holds back its own stream alone. */
        private void send(OutboundSseEvent event) {
            if (refused) {
                throw new IllegalStateException("the reader may read no longer");
            }
            sink.send(event).toCompletableFuture().join();
        }

        private void end() {
            open.remove(this);
            subscription.close();
            try {
                sink.close();
            } catch (IOException e) {
                LOG.debug("a stream was gone before it was closed", e);
            }
        }
    }
}
