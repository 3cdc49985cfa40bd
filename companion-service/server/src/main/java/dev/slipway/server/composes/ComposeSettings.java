package dev.slipway.server.composes;

import java.time.Duration;

/**
 * How long composes live, and wait.
 *
 * @param defaultLifetime of a request that names none
 * @param longestLifetime nothing is kept longer than this without being extended again
 * @param patience how long a compose waits for the signature of its metadata
 */
public record ComposeSettings(Duration defaultLifetime, Duration longestLifetime, Duration patience) {

    /** A day, and at most three; an hour for the signature. */
    public static final ComposeSettings DEFAULT =
            new ComposeSettings(Duration.ofDays(1), Duration.ofDays(3), Duration.ofHours(1));

    public ComposeSettings {
        if (defaultLifetime.isNegative()
                || defaultLifetime.isZero()
                || defaultLifetime.compareTo(longestLifetime) > 0) {
            throw new IllegalArgumentException("composes: the default lifetime (" + defaultLifetime
                    + ") must be positive and at most the longest (" + longestLifetime + ")");
        }
    }
}
