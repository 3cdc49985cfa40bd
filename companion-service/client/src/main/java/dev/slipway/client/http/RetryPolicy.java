package dev.slipway.client.http;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try a request again that may be repeated without harm.
 *
 * @param attempts how often at most, the first time included
 * @param first the pause before the second attempt; it doubles from then on
 * @param longest what a pause never exceeds, unless the companion asks for more
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    /** What the companion may ask for in {@code Retry-After} before the caller is told instead. */
    static final Duration MOST_PATIENCE = Duration.ofMinutes(2);

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed");
        }
    }

    /** Four attempts, from a quarter of a second to ten seconds apart. */
    public static RetryPolicy standard() {
        return new RetryPolicy(4, Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    /** Never a second attempt. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** Whether an answer of this status may be a passing fault. */
    static boolean passing(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /** The pause after attempt number {@code attempt}, counted from 1, spread so that clients do not come back at once. */
    Duration pause(int attempt, @Nullable Duration askedFor, RandomGenerator random) {
        if (askedFor != null) {
            return askedFor.compareTo(MOST_PATIENCE) > 0 ? MOST_PATIENCE : askedFor;
        }
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
