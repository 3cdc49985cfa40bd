package dev.slipway.api.releases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a release's builds, or brings its plan to the given one. A plan is compared with the stored one and what
 * differs becomes operations; content that is not the release's own is refused.
 *
 * @param builds the new list; the plan is made anew and earlier edits of packages that stay are kept
 * @param revision the revision the change was made from; a stale one is refused with the current one
 */
public record ReleaseUpdate(
        @Nullable List<Long> builds,
        @Nullable List<Long> buildTasks,
        @Nullable ReleasePlan plan,
        @Nullable Integer revision) {}
