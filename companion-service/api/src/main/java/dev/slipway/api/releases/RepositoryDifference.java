package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * What a commit would do to one repository.
 *
 * @param fromVersion the version it has now
 * @param added identities that would be there
 * @param removed identities that would be gone
 * @param unchanged how many of the release's packages are there already, byte for byte
 */
public record RepositoryDifference(
        PlanRepository repository, int fromVersion, List<String> added, List<String> removed, int unchanged) {
    public RepositoryDifference {
        added = Copies.list(added);
        removed = Copies.list(removed);
    }
}
