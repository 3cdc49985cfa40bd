package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * Whether a release could be committed now, and what it would change.
 *
 * @param blocked whether a red check stands in the way
 * @param differences per repository that would change
 */
public record ReleaseChecksReport(
        long releaseId,
        int revision,
        boolean blocked,
        List<ReleaseCheck> checks,
        List<RepositoryDifference> differences) {
    public ReleaseChecksReport {
        checks = Copies.list(checks);
        differences = Copies.list(differences);
    }
}
