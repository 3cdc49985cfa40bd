package dev.slipway.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many requests one caller may send: a bucket of permits for each, which fills at a steady rate. Kept in memory; each
 * companion counts for itself. The buckets of callers that have been silent are full again, so they are forgotten.
 */
public final class RateLimits {
    private static final int MOST_BUCKETS = 20_000;

    /**
     * A rate.
     *
     * @param perSecond permits that are added each second; no limit when 0
     * @param burst the most permits that wait to be used
     */
    public record Rate(long perSecond, long burst) {
        /** No limit. */
        public static final Rate NONE = new Rate(0, 0);

        /** Checks the values. */
        public Rate {
            if (perSecond < 0 || (perSecond > 0 && burst < 1)) {
                throw new IllegalArgumentException(
                        "a rate is 0 (no limit) or more, with a burst of at least 1, not " + perSecond + "/" + burst);
            }
        }
    }

    private record Key(Lane lane, String caller) {}

    /** Kinds of requests that are counted apart. */
    public enum Lane {
        /** By a token. */
        CALLS,
        /** What workers ask and report: apart, so that they are not held up by what else is done with their token. */
        WORK,
        /** Without a valid token, by the address they come from. */
        ANONYMOUS
    }

    private final LongSupplier nanos;
    private final Rate calls;
    private final Rate work;
    private final Rate anonymous;
    private final Cache<Key, Bucket> buckets;

    /** @param nanos a clock that only runs on, in nanoseconds */
    public RateLimits(LongSupplier nanos, Rate calls, Rate work, Rate anonymous) {
        this.nanos = nanos;
        this.calls = calls;
        this.work = work;
        this.anonymous = anonymous;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(Duration.ofMinutes(10))
                .ticker(nanos::getAsLong)
                .build();
    }

    /**
     * Counts a request.
     *
     * @throws ProblemException 429 when the caller sent too many
     */
    public void take(Lane lane, String caller) {
        Rate rate = switch (lane) {
            case CALLS -> calls;
            case WORK -> work;
            case ANONYMOUS -> anonymous;
        };
        if (rate.perSecond() == 0) {
            return;
        }
        long now = nanos.getAsLong();
        long wait =
                buckets.get(new Key(lane, caller), key -> new Bucket(rate, now)).take(now);
        if (wait > 0) {
            Duration pause = Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(wait - 1) + 1);
            String who = lane == Lane.ANONYMOUS ? "this address" : "this token";
            throw ProblemException.tooMany(
                    who + " may send " + rate.perSecond() + " requests a second; wait " + pause.toSeconds()
                            + " s and send fewer",
                    pause);
        }
    }

    private static final class Bucket {
        private final Rate rate;
        private final long nanosPerPermit;
        /** The time at which the bucket would have been empty, had all its permits come one after the other. */
        private long emptyAt;

        Bucket(Rate rate, long now) {
            this.rate = rate;
            this.nanosPerPermit = Math.max(1, TimeUnit.SECONDS.toNanos(1) / rate.perSecond());
            this.emptyAt = now - rate.burst() * nanosPerPermit;
        }

        /** Takes a permit; how long to wait for one when there is none, in nanoseconds. */
        synchronized long take(long now) {
            emptyAt = Math.max(emptyAt, now - rate.burst() * nanosPerPermit);
            long wait = emptyAt + nanosPerPermit - now;
            if (wait <= 0) {
                emptyAt += nanosPerPermit;
            }
            return Math.max(0, wait);
        }
    }
}
