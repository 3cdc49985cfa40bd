package dev.slipway.api.projects;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source repository as it was last read.
 *
 * @param readAt when that was; absent before the first time
 * @param error why it could not be read since
 */
public record Project(
        String name,
        String cloneUrl,
        List<String> tags,
        List<String> branches,
        @Nullable Instant readAt,
        @Nullable String error) {
    public Project {
        tags = Copies.list(tags);
        branches = Copies.list(branches);
    }
}
