package dev.slipway.server.builds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many builds match a filter. To count many takes longer than to show a page of them, and nobody can tell whether
 * there are 48,211 or one more: a number of {@value #MANY} or more may be as old as {@link #REMEMBERED}, smaller ones are
 * exact. Numbers that are asked for are counted anew in the background, so that nobody waits for them, and as often as
 * that takes a small part of one processor.
 */
final class BuildCounts {
    static final int MANY = 1_000;
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration RENEWED = Duration.ofSeconds(15);
    /** Counting rests this many times as long as it took: who waits for a page beside it is to be one in a hundred at most. */
    private static final int REST = 100;

    private static final Duration AT_ONCE = Duration.ofMillis(50);
    private static final int MOST_FILTERS = 1_000;

    private record Counted(long number, Instant at, AtomicBoolean asked) {
        boolean isOlderThan(Duration age, Instant now) {
            return !now.isBefore(at.plus(age));
        }
    }

    private final Transactions transactions;
    private final Clock clock;
    private final Cache<BuildFilter.Key, Counted> known =
            Caffeine.newBuilder().maximumSize(MOST_FILTERS).build();
    private volatile Instant rested = Instant.EPOCH;

    BuildCounts(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The number, if it is a large one that was counted lately. */
    OptionalLong remembered(BuildFilter filter) {
        Counted counted = known.getIfPresent(filter.key());
        if (counted == null || counted.isOlderThan(REMEMBERED, clock.instant())) {
            return OptionalLong.empty();
        }
        counted.asked().set(true);
        return OptionalLong.of(counted.number());
    }

    /** Notes how many there are now. */
    void remember(BuildFilter filter, long number) {
        remember(filter.key(), number, true);
    }

    private void remember(BuildFilter.Key key, long number, boolean asked) {
        if (number >= MANY) {
            known.put(key, new Counted(number, clock.instant(), new AtomicBoolean(asked)));
        } else {
            known.invalidate(key);
        }
    }

    /** Counts those anew that were asked for since they were counted, the oldest ones first. For one thread. */
    void renew() {
        Instant now = clock.instant();
        if (now.isBefore(rested)) {
            return;
        }
        List<BuildFilter.Key> old = known.asMap().entrySet().stream()
                .filter(each -> each.getValue().asked().get() && each.getValue().isOlderThan(RENEWED, now))
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(Counted::at)))
                .map(Map.Entry::getKey)
                .toList();
        long begun = System.nanoTime();
        Duration took = Duration.ZERO;
        for (BuildFilter.Key key : old) {
            long number = transactions.read(session -> Sql.number(
                    session,
                    "select count(*) from (" + key.ids() + ") b",
                    key.parameters().toArray()));
            remember(key, number, false);
            took = Duration.ofNanos(System.nanoTime() - begun);
            if (took.compareTo(AT_ONCE) > 0) {
                break;
            }
        }
        rested = now.plus(took.multipliedBy(REST));
    }
}
