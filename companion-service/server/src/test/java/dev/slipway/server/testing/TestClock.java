package dev.slipway.server.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Begins at the real time, with the database's precision. */
public final class TestClock extends Clock {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MICROS));

    public void advance(Duration step) {
        now.updateAndGet(before -> before.plus(step));
    }

    /** Moves to the real time, for tests in which another process plays a part; never backwards. */
    public void catchUp() {
        Instant real = Instant.now().truncatedTo(ChronoUnit.MICROS);
        now.updateAndGet(before -> before.isAfter(real) ? before : real);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
