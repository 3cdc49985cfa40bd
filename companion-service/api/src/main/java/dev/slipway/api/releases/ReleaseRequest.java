package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a plan to release builds. One of {@code platformId} and {@code platform} names the target.
 *
 * @param builds ids; each must have been built for the platform
 * @param referencePlatformId a platform whose repositories say where new packages belong
 * @param distribution the name of the distribution to release into; needed only where the platform is in several
 * @param productId the same by id
 * @param buildTasks restricts the release to these build tasks; every completed one when absent
 * @param dryRun answers the plan with its checks and stores nothing
 */
public record ReleaseRequest(
        List<Long> builds,
        @Nullable Long platformId,
        @Nullable String platform,
        @Nullable Long referencePlatformId,
        @Nullable String distribution,
        @Nullable Long productId,
        @Nullable List<Long> buildTasks,
        @Nullable Boolean dryRun) {
    public ReleaseRequest {
        builds = Copies.list(builds);
    }
}
