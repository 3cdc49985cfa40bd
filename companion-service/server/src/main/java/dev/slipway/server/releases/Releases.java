package dev.slipway.server.releases;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.releases.PlanEdit;
import dev.slipway.api.releases.PlanOperation;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleaseOwner;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.api.releases.ReleaseUpdate;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.Violations;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Releases and their plans, up to the commit. Methods take part in their caller's transaction. */
final class Releases {

    private final ReleaseRows rows;
    private final Destinations destinations;
    private final PlanFactsReader facts;
    private final Audit audit;
    private final Outbox outbox;
    private final Clock clock;

    Releases(
            ReleaseRows rows,
            Destinations destinations,
            PlanFactsReader facts,
            Audit audit,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.destinations = destinations;
        this.facts = facts;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes a release with its plan. */
    Release create(ReleaseRequest request, Caller caller, StatelessSession session) {
        Destination destination = destinations.of(request, session);
        caller.requireOn(destination.distributionId(), destination.distribution(), Scopes.RELEASES_PLAN);
        BuildSelection selection = BuildSelection.find(request.builds(), request.buildTasks(), destination, session);
        CheckedPlan plan = plan(destination, selection, session);
        long id = rows.insert(
                caller.userId(), destination, selection.builds(), selection.tasks(), plan, clock.instant(), session);
        StoredRelease made = rows.get(id, session);
        audit.record(session, caller, "create", "release", id, null, request);
        outbox.announce(session, "release.created", "release", id, made.facts());
        return made.shown();
    }

    /** What {@link #create} would make, and what its commit would change; its id is 0. Changes nothing. */
    Release dryRun(ReleaseRequest request, Caller caller, StatelessSession session) {
        Destination destination = destinations.of(request, session);
        caller.requireOn(destination.distributionId(), destination.distribution(), Scopes.RELEASES_PLAN);
        BuildSelection selection = BuildSelection.find(request.builds(), request.buildTasks(), destination, session);
        CheckedPlan plan = plan(destination, selection, session);
        return new StoredRelease(
                        0,
                        ReleaseStatus.SCHEDULED,
                        null,
                        null,
                        List.copyOf(selection.builds()),
                        null,
                        plan.plan(),
                        plan.hash(),
                        new ReleaseOwner(caller.userId(), caller.username(), ""),
                        destination.platformId(),
                        destination.platform(),
                        destination.referencePlatformId(),
                        destination.distributionId(),
                        destination.distribution(),
                        null,
                        0,
                        clock.instant(),
                        null,
                        null,
                        new StoredApproval(
                                destination.needsApproval(), caller.userId(), caller.username(), null, null, null),
                        0)
                .shown(differences(plan));
    }

    private CheckedPlan plan(Destination destination, BuildSelection selection, StatelessSession session) {
        PlanFacts known = facts.read(destination, selection.builds(), selection.tasks(), session);
        new Violations()
                .check(
                        !known.candidates().isEmpty(),
                        "/builds",
                        "made no packages for platform " + destination.platform() + ": nothing of them succeeded")
                .throwIfAny();
        return CheckedPlan.fresh(known);
    }

    /** A plan held against what is known now. */
    CheckedPlan checked(StoredRelease release, ReleasePlan plan, StatelessSession session) {
        Destination destination = destinations.of(release, session);
        return CheckedPlan.of(plan, facts.read(destination, release.builds(), release.tasks(), session));
    }

    Release get(long id, StatelessSession session) {
        return rows.get(id, session).shown();
    }

    List<Release> list(ReleaseRows.Filter filter, long before, long offset, int limit, StatelessSession session) {
        return rows.list(filter, before, offset, limit, session).stream()
                .map(StoredRelease::shown)
                .toList();
    }

    long count(ReleaseRows.Filter filter, StatelessSession session) {
        return rows.count(filter, session);
    }

    /** What stands in the way of a commit now, and what it would change. */
    ReleaseChecksReport checks(long id, StatelessSession session) {
        StoredRelease release = rows.get(id, session);
        CheckedPlan checked = checked(release, release.plan(), session);
        return new ReleaseChecksReport(
                id, release.revision(), checked.blocked(), checked.plan().checks(), differences(checked));
    }

    private static List<RepositoryDifference> differences(CheckedPlan plan) {
        return plan.changes().stream().map(RepositoryChange::shown).toList();
    }

    /**
     * Gives a release other builds, has its plan made anew, or brings the plan to a given one.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     */
    Release update(long id, ReleaseUpdate update, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredRelease release = editable(id, expected, update.revision(), caller, session);
        boolean anew = update.builds() != null || update.buildTasks() != null;
        if (!anew && update.plan() == null) {
            return get(id, session); // every member may be left out
        }
        new Violations()
                .check(
                        update.plan() == null || !update.plan().packages().isEmpty(),
                        "/plan/packages",
                        "is empty: send the whole plan, with the packages to leave out as excluded")
                .throwIfAny();
        CheckedPlan plan = anew ? replanned(release, update, session) : null;
        ReleasePlan current = plan == null ? release.plan() : plan.plan();
        ReleasePlan wanted = update.plan();
        if (wanted != null) {
            StoredRelease now = rows.get(id, session);
            plan = checked(now, edited(current, difference(current, wanted), caller), session);
        }
        return store(release, Objects.requireNonNull(plan), "update", caller, session);
    }

    private CheckedPlan replanned(StoredRelease release, ReleaseUpdate update, StatelessSession session) {
        Destination destination = destinations.of(release, session);
        List<Long> builds = update.builds() == null ? release.builds() : update.builds();
        List<Long> tasks =
                update.builds() == null && update.buildTasks() == null ? release.tasks() : update.buildTasks();
        BuildSelection selection = BuildSelection.find(builds, tasks, destination, session);
        CheckedPlan fresh = plan(destination, selection, session);
        rows.setBuilds(release.id(), selection.builds(), selection.tasks(), session);
        return CheckedPlan.of(PlanOperations.keepEdits(release.plan(), fresh.plan()), fresh.facts());
    }

    /** Edits the plan. */
    Release edit(long id, PlanEdit edit, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredRelease release = editable(id, expected, edit.revision(), caller, session);
        new Violations()
                .check(!edit.operations().isEmpty(), "/operations", "name at least one operation")
                .throwIfAny();
        CheckedPlan plan = checked(release, edited(release.plan(), edit.operations(), caller), session);
        return store(release, plan, "edit-plan", caller, session);
    }

    private static List<PlanOperation> difference(ReleasePlan current, ReleasePlan wanted) {
        try {
            return PlanOperations.difference(current, wanted);
        } catch (PlanRefusedException e) {
            throw ReleaseProblems.refused(e);
        }
    }

    private static ReleasePlan edited(ReleasePlan plan, List<PlanOperation> operations, Caller caller) {
        try {
            return PlanOperations.apply(plan, operations, caller.username());
        } catch (PlanRefusedException e) {
            throw ReleaseProblems.refused(e);
        }
    }

    private StoredRelease editable(
            long id, LongConsumer expected, @Nullable Integer seen, Caller caller, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        release.requireGrant(caller, Scopes.RELEASES_PLAN);
        expected.accept(release.revision());
        if (seen != null && seen != release.revision()) {
            throw ReleaseProblems.stale(release);
        }
        if (release.status() != ReleaseStatus.SCHEDULED && release.status() != ReleaseStatus.FAILED) {
            throw ReleaseProblems.status(release, "its plan can no longer be changed");
        }
        return release;
    }

    private Release store(
            StoredRelease before, CheckedPlan plan, String action, Caller caller, StatelessSession session) {
        rows.setPlan(before.id(), plan, session);
        rows.setPlanner(before.id(), caller.userId(), session);
        Release after = rows.get(before.id(), session).shown();
        audit.record(
                session,
                caller,
                action,
                "release",
                before.id(),
                Map.of("build_ids", before.builds(), "plan", before.plan().packages()),
                Map.of("build_ids", after.buildIds(), "plan", after.plan().packages()));
        return after;
    }

    /** Forgets a release that clients see nothing of. */
    void remove(long id, LongConsumer expected, Caller caller, StatelessSession session) {
        StoredRelease release = rows.lock(id, session);
        release.requireGrant(caller, Scopes.RELEASES_PLAN);
        expected.accept(release.revision());
        switch (release.status()) {
            case IN_PROGRESS ->
                throw ReleaseProblems.status(release, "wait until it has ended, or stop it by reverting it");
            case COMPLETED -> throw ReleaseProblems.status(release, "revert it first");
            case SCHEDULED, FAILED, REVERTED -> rows.remove(id, session);
        }
        audit.record(session, caller, "delete", "release", id, release.shown(), null);
        outbox.announce(session, "release.removed", "release", id, Map.of());
    }
}
