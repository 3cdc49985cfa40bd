package dev.slipway.server.composes;

import java.time.Duration;

/**
 * How long composes live.
 *
 * @param defaultLifetime of a request that names none
 * @param longestLifetime nothing is kept longer than this without being extended again
 */
public record ComposeSettings(Duration defaultLifetime, Duration longestLifetime) {

    /** A day, and at most three. */
    public static final ComposeSettings DEFAULT = new ComposeSettings(Duration.ofDays(1), Duration.ofDays(3));

    public ComposeSettings {
        if (defaultLifetime.isNegative()
                || defaultLifetime.isZero()
                || defaultLifetime.compareTo(longestLifetime) > 0) {
            throw new IllegalArgumentException("composes: the default lifetime (" + defaultLifetime
                    + ") must be positive and at most the longest (" + longestLifetime + ")");
        }
    }
}
