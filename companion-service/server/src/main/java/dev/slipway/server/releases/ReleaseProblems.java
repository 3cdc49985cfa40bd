package dev.slipway.server.releases;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.server.http.ProblemException;
import java.util.List;

/** What a caller is told when a release cannot be what was asked. */
final class ReleaseProblems {

    private static final int MOST_SHOWN = 100;

    private ReleaseProblems() {}

    static ProblemException status(StoredRelease release, String remedy) {
        return ProblemException.conflict("release " + release.id() + " is "
                        + release.status().word().replace('_', ' ') + ": " + remedy)
                .with("release_status", release.status().number());
    }

    static ProblemException stale(StoredRelease release) {
        return ProblemException.conflict("release " + release.id() + " is at revision " + release.revision()
                        + " now: read its plan again before changing or committing it")
                .with("revision", release.revision())
                .with("plan_hash", release.planHash());
    }

    static ProblemException blocked(StoredRelease release, List<ReleaseCheck> red) {
        ReleaseCheck first = red.get(0);
        return ProblemException.of(
                        "release-blocked",
                        409,
                        "Checks stand in the way of the release",
                        red.size() + " red " + (red.size() == 1 ? "check stands" : "checks stand")
                                + " in the way of release " + release.id() + ", first " + first.check() + ": "
                                + first.message())
                .with("checks", red.stream().limit(MOST_SHOWN).toList());
    }

    static ProblemException unapproved(StoredRelease release) {
        return ProblemException.of(
                "release-unapproved",
                409,
                "A second person must approve the release",
                "release " + release.id() + " was planned by "
                        + release.approval().plannedBy() + " and waits for approval: somebody else with the role"
                        + " releaser on " + release.distribution() + " approves it (slipway release approve "
                        + release.id() + ")");
    }

    static ProblemException ownPlan(StoredRelease release) {
        return ProblemException.forbidden("release " + release.id() + " was planned by "
                + release.owner().username() + " and its plan was last written by "
                + release.approval().plannedBy() + ": somebody else has to approve it");
    }

    static ProblemException refused(PlanRefusedException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return ProblemException.unprocessable(
                refusal.pointer() + ": " + message, new ProblemError(refusal.pointer(), message));
    }

    /** Another commit prepares versions of the same repositories. */
    static ProblemException busy(long otherRelease, Destination destination) {
        return ProblemException.conflict("release " + otherRelease + " is being committed to "
                        + destination.distribution() + " for " + destination.platform()
                        + ": wait until it has ended, or stop it by reverting it")
                .with("release_id", otherRelease);
    }
}
