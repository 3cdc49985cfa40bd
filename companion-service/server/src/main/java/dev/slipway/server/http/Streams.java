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
    }

    /** How many streams are open. */
    public int count() {
        return open.size();
    }

    /**
     * Begins a stream.
     *
     * @param user whose stream it is
     * @param topic the notifications' topic that says when there may be more
     * @param key the notifications' key; {@link Notifications#ANYTHING} for every one of the topic
     * @throws ProblemException 503 when there are too many streams
     */
    public void open(long user, SseEventSink sink, Sse sse, String topic, String key, long cursor, Feed feed) {
        Stream stream = new Stream(user, sink, sse, feed, cursor);
        open.add(stream);
        boolean tooManyOfOne = open.stream().filter(each -> each.user == user).count() > mostOfOne;
        if (tooManyOfOne || open.size() > most) {
            open.remove(stream);
            heartbeat(); // finds those whose clients are gone
            throw ProblemException.unavailable(
                    tooManyOfOne
                            ? "you have " + mostOfOne + " streams open, which is all that one user may have"
                            : "too many streams are open",
                    RETRY);
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

    /** Ends every stream; clients come back with their last event's id. */
    @Override
    public void close() {
        open.forEach(Stream::end);
        executor.shutdownNow();
    }

    private final class Stream {
        private final long user;
        private final SseEventSink sink;
        private final Sse sse;
        private final Feed feed;
        private final AtomicBoolean due = new AtomicBoolean();
        private long cursor;
        private volatile Notifications.Subscription subscription = () -> {};

        Stream(long user, SseEventSink sink, Sse sse, Feed feed, long cursor) {
            this.user = user;
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

        /** Waits for the client to take the event, so that a slow client holds back its own stream alone. */
        private void send(OutboundSseEvent event) {
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
