package dev.slipway.client.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a machine that went away may take to come back. Not safe for use by several threads. */
public final class Absence {
    private final Duration limit;
    private final Clock clock;
    private @Nullable Instant since;

    public Absence(Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** It was not there; whether it was there until now. */
    public boolean began() {
        if (since != null) {
            return false;
        }
        since = clock.instant();
        return true;
    }

    /** It is there. */
    public void over() {
        since = null;
    }

    /** Whether it has been away for longer than it may. */
    public boolean tooLong() {
        Instant began = since;
        return began != null && clock.instant().isAfter(began.plus(limit));
    }

    /** How long it may be away, in words. */
    public String limit() {
        return Patience.words(limit);
    }
}
