package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which package of a release goes to which repositories. Unknown members are ignored, since callers send back plans
 * that they have decorated.
 *
 * @param repositories every repository a package of this release may go to
 * @param checks what was looked at and found; absent in a plan that a caller sends
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleasePlan(
        List<PlannedPackage> packages,
        @Nullable List<PlanRepository> repositories,
        @Nullable List<ReleaseCheck> checks) {}
