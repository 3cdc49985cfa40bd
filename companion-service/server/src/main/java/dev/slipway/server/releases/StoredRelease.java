package dev.slipway.server.releases;

import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseOwner;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.server.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release's row.
 *
 * @param phase of the commit under way; null when none is
 * @param awaitedKeys the keys whose signatures its commit waits for, as text; null when it waits for none
 * @param tasks the build tasks it is restricted to; null when it is not
 * @param attempts how often its commit was taken up in this phase
 */
record StoredRelease(
        long id,
        ReleaseStatus status,
        @Nullable Phase phase,
        @Nullable String awaitedKeys,
        List<Long> builds,
        @Nullable List<Long> tasks,
        ReleasePlan plan,
        String planHash,
        ReleaseOwner owner,
        long platformId,
        String platform,
        @Nullable Long referencePlatformId,
        long distributionId,
        String distribution,
        @Nullable String error,
        int attempts,
        Instant createdAt,
        @Nullable Instant committedAt,
        @Nullable Instant revertedAt,
        StoredApproval approval,
        int revision) {

    /** Refuses a caller that may not do what the scope names to the release's distribution. */
    void requireGrant(Caller caller, String scope) {
        caller.requireOn(distributionId, distribution, scope);
    }

    Release shown() {
        return shown(null);
    }

    /** @param differences what a commit would change; null where nobody asked */
    Release shown(@Nullable List<RepositoryDifference> differences) {
        return new Release(
                id,
                status.number(),
                status.word(),
                phase == null ? null : phase.word(),
                stateReason(),
                builds,
                plan,
                planHash,
                owner,
                platformId,
                platform,
                referencePlatformId,
                distribution,
                error,
                createdAt,
                committedAt,
                revertedAt,
                approval.shown(),
                differences,
                revision);
    }

    /** What its events and the audit say of it. */
    Map<String, Object> facts() {
        return Map.of(
                "build_ids", builds,
                "platform", platform,
                "distribution", distribution,
                "plan_hash", planHash);
    }

    private @Nullable String stateReason() {
        if (status == ReleaseStatus.FAILED) {
            return error;
        }
        return awaitedKeys == null ? null : "waits for a worker that signs its metadata with " + awaitedKeys;
    }
}
