package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.slipway.api.Copies;
import java.util.List;

/**
 * Which package of a release goes to which repositories. Unknown members are ignored, since callers send back plans
 * that they have decorated.
 *
 * @param repositories every repository a package of this release may go to
 * @param checks what was looked at and found; not read in a plan that a caller sends
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleasePlan(List<PlannedPackage> packages, List<PlanRepository> repositories, List<ReleaseCheck> checks) {
    public ReleasePlan {
        packages = Copies.list(packages);
        repositories = Copies.list(repositories);
        checks = Copies.list(checks);
    }
}
