package dev.slipway.client.steps;

import dev.slipway.client.follow.CleanText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a piece of remote work has at hand while it is driven. */
public final class StepSession {
    /** How much of what was printed may be printed again after a crash. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(10);

    private final StepHost host;
    private final Memory memory;
    private final Clock clock;
    private volatile boolean news;
    private final Map<Class<?>, Snapshot> shown = new HashMap<>();
    private Instant saved = Instant.EPOCH;
    private boolean unsaved;

    StepSession(StepHost host, Memory memory, Clock clock) {
        this.host = host;
        this.memory = memory;
        this.clock = clock;
    }

    Memory memory() {
        return memory;
    }

    Instant now() {
        return clock.instant();
    }

    /** Prints one line; foreign text in it is made harmless. */
    void print(String line) {
        news = true;
        host.print(CleanText.line(line));
    }

    /** Whether anything was printed or shown since the last call. */
    boolean takeNews() {
        boolean was = news;
        news = false;
        return was;
    }

    /** Keeps a snapshot if it differs from the last one of its kind. */
    synchronized void show(Snapshot snapshot) {
        if (snapshot.equals(shown.put(snapshot.getClass(), snapshot))) {
            return;
        }
        news = true;
        try {
            host.show(snapshot);
        } catch (IOException e) {
            print("The run's page could not be brought up to date: " + e.getMessage());
        }
    }

    /** Remembers something that may be lost without harm, so that it is saved now and then. */
    void note(String name, String value) {
        if (!value.equals(memory.get(name))) {
            memory.put(name, value);
            unsaved = true;
        }
    }

    /** Saves what was noted, unless that was done a moment ago. */
    void saveNotes() throws IOException {
        if (unsaved && clock.instant().isAfter(saved.plus(SAVE_EVERY))) {
            save();
        }
    }

    /**
     * Saves all that is remembered.
     *
     * @throws InterruptedIOException when it may work later
     * @throws StepFailedException when it will not
     */
    void save() throws IOException {
        try {
            host.save(memory.copy());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new StepFailedException("what this step has to remember cannot be saved: " + e.getMessage(), e);
        }
        saved = clock.instant();
        unsaved = false;
    }
}
