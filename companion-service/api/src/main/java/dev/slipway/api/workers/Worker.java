package dev.slipway.api.workers;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param draining gets no new tasks
 * @param online heard of within the lease time
 * @param tasks ids of the tasks it holds
 */
public record Worker(
        long id,
        String name,
        String user,
        List<String> kinds,
        List<String> arches,
        List<String> keyIds,
        @Nullable String version,
        boolean draining,
        boolean online,
        Instant createdAt,
        Instant lastSeenAt,
        List<Long> tasks) {
    public Worker {
        kinds = Copies.list(kinds);
        arches = Copies.list(arches);
        keyIds = Copies.list(keyIds);
        tasks = Copies.list(tasks);
    }
}
