package dev.slipway.client.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long a companion that does not answer is put up with, and how often it is asked meanwhile. */
final class Patience {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** What the companion may ask for at most. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    private final Duration limit;
    private final Clock clock;
    private final RandomGenerator random;
    private @Nullable Instant since;
    private String last = "";
    private int failures;

    Patience(Duration limit, Clock clock, RandomGenerator random) {
        this.limit = limit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Another call failed.
     *
     * @return the line to print, null when it says nothing new
     */
    @Nullable
    String failed(String reason) {
        failures++;
        Instant began = since;
        if (began == null) {
            since = clock.instant();
            last = reason;
            return "No answer, trying again for " + words(limit) + ": " + reason;
        }
        if (!last.equals(reason)) {
            last = reason;
            return "Still no answer: " + reason;
        }
        return null;
    }

    /** Whether it is over. */
    boolean exhausted() {
        Instant began = since;
        return began != null && !clock.instant().isBefore(began.plus(limit));
    }

    /** A call was answered; the line to print, null when the last one was too. */
    @Nullable
    String answered() {
        Instant began = since;
        since = null;
        last = "";
        failures = 0;
        return began == null
                ? null
                : "The companion answers again, after " + words(Duration.between(began, clock.instant()));
    }

    /**
     * Until the next try: longer each time, spread so that many steps do not come back at once, and never past the end.
     *
     * @param askedFor by the companion: at least that long, up to five minutes; null when it asks for nothing
     */
    Duration pause(@Nullable Duration askedFor) {
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(Math.max(0, failures - 1), 10));
        Duration spread = Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
        if (askedFor != null && askedFor.compareTo(spread) > 0) {
            Duration later = askedFor.plusMillis(random.nextLong(askedFor.toMillis() / 4 + 1));
            spread = later.compareTo(LONGEST_ASKED) < 0 ? later : LONGEST_ASKED;
        }
        Instant began = since;
        if (began == null) {
            return spread;
        }
        Duration left = Duration.between(clock.instant(), began.plus(limit));
        return left.compareTo(spread) < 0 ? (left.isNegative() ? Duration.ZERO : left) : spread;
    }

    String limit() {
        return words(limit);
    }

    static String words(Duration time) {
        if (time.toHours() >= 2) {
            return time.toHours() + " hours";
        }
        if (time.toMinutes() >= 2) {
            return time.toMinutes() + " minutes";
        }
        return time.toSeconds() + " seconds";
    }
}
