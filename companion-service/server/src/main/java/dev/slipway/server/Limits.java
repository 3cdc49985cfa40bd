package dev.slipway.server;

import dev.slipway.server.database.Notifications;
import dev.slipway.server.http.LongPolls;
import dev.slipway.server.http.RateLimits;
import dev.slipway.server.http.RateLimits.Rate;
import dev.slipway.server.http.Streams;

/** What callers may take of this companion, as settings say. The defaults hold back what runs wild and nobody else. */
final class Limits {
    private static final Rate CALLS = new Rate(2_000, 20_000);
    private static final Rate WORK = new Rate(10_000, 50_000);
    private static final Rate ANONYMOUS = new Rate(200, 4_000);
    private static final Rate REFUSED_LOGINS = new Rate(1, 60);
    private static final int STREAMS = 200;
    private static final int STREAMS_OF_ONE = 50;
    private static final int LONG_POLLS = 5_000;
    private static final int LONG_POLLS_OF_ONE = 1_000;

    private Limits() {}

    static RateLimits rates(Settings settings) {
        return new RateLimits(
                System::nanoTime,
                rate(settings, "limits.token", CALLS),
                rate(settings, "limits.worker", WORK),
                rate(settings, "limits.anonymous", ANONYMOUS));
    }

    /** How many logins and clients' secrets one address may have refused: each is written down. */
    static RateLimits refusedLogins(Settings settings) {
        return new RateLimits(
                System::nanoTime, Rate.NONE, Rate.NONE, rate(settings, "limits.refused-login", REFUSED_LOGINS));
    }

    private static Rate rate(Settings settings, String name, Rate fallback) {
        return new Rate(
                settings.number(name + "-rate", fallback.perSecond()),
                settings.number(name + "-burst", fallback.burst()));
    }

    static Streams streams(Settings settings, Notifications notifications) {
        return new Streams(notifications, (int) settings.number("limits.streams", STREAMS), (int)
                settings.number("limits.streams-per-user", STREAMS_OF_ONE));
    }

    static LongPolls longPolls(Settings settings, Notifications notifications) {
        return new LongPolls(notifications, (int) settings.number("limits.long-polls", LONG_POLLS), (int)
                settings.number("limits.long-polls-per-user", LONG_POLLS_OF_ONE));
    }
}
