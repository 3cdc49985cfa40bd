package dev.slipway.server.releases;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Takes the orders to approve, to commit and to revert. Methods take part in their caller's transaction. */
final class ReleaseOrders {

    private final ReleaseRows rows;
    private final Releases releases;
    private final ReleaseLife life;
    private final ReleaseSwitch releaseSwitch;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    ReleaseOrders(
            ReleaseRows rows,
            Releases releases,
            ReleaseLife life,
            ReleaseSwitch releaseSwitch,
            Audit audit,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.life = life;
        this.releaseSwitch = releaseSwitch;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Has a release committed if nothing stands in the way; of one that is being committed already nothing changes.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     * @param planHash of the plan that the caller has seen
     */
    ReleaseAnswer commit(
            long id, LongConsumer expected, @Nullable String planHash, Caller caller, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        release.requireGrant(caller, Scopes.RELEASES_COMMIT);
        if (planHash != null && !planHash.equals(release.planHash())) {
            throw ReleaseProblems.stale(release);
        }
        if (release.status() == ReleaseStatus.IN_PROGRESS) {
            return new ReleaseAnswer(release.shown(), "release " + id + " is being committed", null);
        }
        expected.accept(release.revision());
        CheckedPlan checked = committable(release, session);
        rows.setPlan(id, checked, session);
        life.started(release, session);
        audit.record(
                session,
                caller,
                "commit",
                "release",
                id,
                Map.of("status", release.status().word()),
                Map.of("plan_hash", checked.hash(), "forced", forced(checked)));
        Failpoints.reach("release.ordered");
        return new ReleaseAnswer(
                rows.get(id, session).shown(),
                "release " + id + " is being committed; read it until its status is no longer in_progress",
                null);
    }

    /** What a commit would change. Changes nothing. */
    ReleaseAnswer dryRun(long id, StatelessSession session) {
        StoredRelease release = rows.get(id, session);
        CheckedPlan checked = releases.checked(release, release.plan(), session);
        List<RepositoryDifference> differences =
                checked.changes().stream().map(RepositoryChange::shown).toList();
        long changed = differences.stream().filter(d -> !d.added().isEmpty()).count();
        String message = checked.blocked()
                ? String.valueOf(ReleaseProblems.blocked(release, checked.red()).getMessage())
                : release.approval().missingFor(checked.hash())
                        ? String.valueOf(ReleaseProblems.unapproved(release).getMessage())
                        : "a commit would change " + changed + (changed == 1 ? " repository" : " repositories");
        return new ReleaseAnswer(release.shown(), message, differences);
    }

    private CheckedPlan committable(StoredRelease release, StatelessSession session) {
        if (release.status() != ReleaseStatus.SCHEDULED && release.status() != ReleaseStatus.FAILED) {
            throw ReleaseProblems.status(release, "it cannot be committed again; plan another one");
        }
        CheckedPlan checked = releases.checked(release, release.plan(), session);
        oneAtATime(release, checked.facts().destination(), session);
        if (checked.blocked()) {
            throw ReleaseProblems.blocked(release, checked.red());
        }
        if (release.approval().missingFor(checked.hash())) {
            throw ReleaseProblems.unapproved(release);
        }
        if (checked.planned().isEmpty()) {
            throw ReleaseProblems.status(
                    release, "every package of its plan is excluded, so there is nothing to commit");
        }
        return checked;
    }

    /** Commits to one platform of a distribution come one after the other. */
    private static void oneAtATime(StoredRelease release, Destination destination, StatelessSession session) {
        Sql.list(
                session,
                "select 1 from distribution_platform where distribution_id = ? and platform_id = ? for update",
                row -> 1,
                release.distributionId(),
                release.platformId());
        Optional<Long> other = Sql.one(
                session,
                "select id from release where status = 2 and distribution_id = ? and platform_id = ? order by id limit 1",
                row -> row.number("id"),
                release.distributionId(),
                release.platformId());
        if (other.isPresent()) {
            throw ReleaseProblems.busy(other.get(), destination);
        }
    }

    private static List<String> forced(CheckedPlan plan) {
        return plan.plan().checks().stream()
                .filter(c -> c.state().equals(Findings.FORCED))
                .map(c -> c.check() + ": " + c.message())
                .toList();
    }

    /**
     * Approves the plan as it stands, as somebody other than who planned it or wrote it last.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     * @param planHash of the plan that the caller has seen
     */
    Release approve(
            long id, LongConsumer expected, @Nullable String planHash, Caller caller, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        release.requireGrant(caller, Scopes.RELEASES_APPROVE);
        if (planHash != null && !planHash.equals(release.planHash())) {
            throw ReleaseProblems.stale(release);
        }
        expected.accept(release.revision());
        if (release.status() != ReleaseStatus.SCHEDULED && release.status() != ReleaseStatus.FAILED) {
            throw ReleaseProblems.status(release, "there is nothing to approve any more");
        }
        if (caller.userId() == release.owner().id()
                || caller.userId() == release.approval().plannedById()) {
            throw ReleaseProblems.ownPlan(release);
        }
        if (release.planHash().equals(release.approval().hash())) {
            return release.shown();
        }
        rows.setApproval(id, caller.userId(), clock.instant(), release.planHash(), session);
        Release approved = rows.get(id, session).shown();
        audit.record(
                session,
                caller,
                "approve",
                "release",
                id,
                release.approval().shown(),
                Map.of("plan_hash", release.planHash(), "by", caller.username()));
        outbox.announce(
                session,
                "release.approved",
                "release",
                id,
                Map.of("plan_hash", release.planHash(), "distribution", release.distribution()));
        return approved;
    }

    /** Brings back what was shown before a release, or stops the commit of one that nobody has seen yet. */
    ReleaseAnswer revert(long id, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        release.requireGrant(caller, Scopes.RELEASES_COMMIT);
        expected.accept(release.revision());
        String message;
        switch (release.status()) {
            case COMPLETED -> {
                releaseSwitch.revert(release, session);
                message = "release " + id + " is reverted";
            }
            case IN_PROGRESS -> {
                life.failed(release, "stopped by " + caller.username(), session);
                message = "the commit of release " + id + " is stopped; nothing of it was seen";
            }
            default -> throw ReleaseProblems.status(release, "there is nothing to revert to");
        }
        audit.record(
                session,
                caller,
                "revert",
                "release",
                id,
                Map.of("status", release.status().word()),
                null);
        Failpoints.reach("release.before-revert");
        return new ReleaseAnswer(rows.get(id, session).shown(), message, null);
    }
}
