package dev.slipway.api.releases;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds on their way into a distribution's repositories.
 *
 * @param status 1 scheduled, 2 in progress, 3 completed, 4 failed, 5 reverted
 * @param statusName the same as a word
 * @param phase of the work under way: preparing, signing, switching, reverting
 * @param stateReason what it waits for, or why it failed: one line
 * @param plan which package goes where; the server's document, changed by {@link PlanEdit}
 * @param planHash SHA-256 (hex) of the plan, kept in the audit log at commit
 * @param error why it failed, or why its last attempt did: one line
 * @param approval by a second person, of the plan as it stands
 * @param differences per repository that a commit would change; in the answer of a dry run alone
 * @param revision grows with every edit; also the ETag
 */
public record Release(
        long id,
        int status,
        String statusName,
        @Nullable String phase,
        @Nullable String stateReason,
        List<Long> buildIds,
        ReleasePlan plan,
        String planHash,
        ReleaseOwner createdBy,
        long platformId,
        String platform,
        @Nullable Long referencePlatformId,
        String distribution,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant committedAt,
        @Nullable Instant revertedAt,
        @Nullable ReleaseApproval approval,
        @Nullable List<RepositoryDifference> differences,
        int revision) {
    public Release {
        buildIds = Copies.list(buildIds);
        differences = differences == null ? null : Copies.list(differences);
    }

    /** As those see it who may not see what is private of its planner. */
    public Release withoutPrivateData() {
        return new Release(
                id,
                status,
                statusName,
                phase,
                stateReason,
                buildIds,
                plan,
                planHash,
                new ReleaseOwner(createdBy.id(), createdBy.username(), ""),
                platformId,
                platform,
                referencePlatformId,
                distribution,
                error,
                createdAt,
                committedAt,
                revertedAt,
                approval,
                differences,
                revision);
    }
}
