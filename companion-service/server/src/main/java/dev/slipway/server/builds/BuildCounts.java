package dev.slipway.server.builds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.server.database.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * How many builds match a filter. To count many takes longer than to show a page of them, and nobody can tell whether
 * there are 48,211 or one more: a number of {@value #MANY} or more may be as old as {@link #REMEMBERED}, smaller ones are
 * exact.
 */
final class BuildCounts {
    static final int MANY = 1_000;
    static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_FILTERS = 1_000;

    private record Key(String where, List<@Nullable Object> parameters) {}

    private record Counted(long number, Instant until) {}

    private final Clock clock;
    private final Cache<Key, Counted> known =
            Caffeine.newBuilder().maximumSize(MOST_FILTERS).build();

    BuildCounts(Clock clock) {
        this.clock = clock;
    }

    long of(BuildFilter filter, StatelessSession session) {
        Key key = new Key(filter.where(), Arrays.asList(filter.parameters()));
        Instant now = clock.instant();
        Counted remembered = known.getIfPresent(key);
        if (remembered != null && now.isBefore(remembered.until())) {
            return remembered.number();
        }
        long number = Sql.number(session, filter.count(), filter.parameters());
        if (number >= MANY) {
            known.put(key, new Counted(number, now.plus(REMEMBERED)));
        }
        return number;
    }
}
