package dev.slipway.client.steps;

import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseApproval;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.http.ApiException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A release: planned, shown with its checks and differences, and committed if that is wanted. */
final class RemoteRelease implements RemoteWork {
    static final int SCHEDULED = 1;
    static final int IN_PROGRESS = 2;
    static final int COMPLETED = 3;
    static final int FAILED = 4;

    private static final String ORDERED = "ordered";
    private static final String TOLD = "told";
    private static final int CONFLICT = 409;

    private final @Nullable ReleaseRequest request;
    private final long planned;
    private final boolean dryRun;
    private final boolean commit;
    private String phase = "";
    private String obstacle = "";

    /**
     * @param request what to plan; null to go on with a plan that exists
     * @param planned the id of that plan
     */
    RemoteRelease(@Nullable ReleaseRequest request, long planned, boolean dryRun, boolean commit) {
        this.request = request;
        this.planned = planned;
        this.dryRun = dryRun;
        this.commit = commit;
    }

    @Override
    public String title() {
        if (request == null) {
            return (commit ? "Committing release " : "Looking at release ") + planned;
        }
        return (dryRun ? "Trying the release of " : commit ? "Releasing " : "Planning the release of ")
                + Titles.builds(request.builds())
                + " to "
                + request.platform();
    }

    @Override
    public String waitingFor(Memory memory) {
        Long id = memory.id();
        return id == null ? "asking for a release plan" : "waiting for release " + id;
    }

    @Override
    public void start(SlipwayClient client, StepSession session) throws IOException {
        if (request == null) {
            session.memory().id(planned);
        } else if (!dryRun) {
            Release release = client.releases().plan(request, session.memory().key());
            session.memory().id(release.id());
            session.print("Release " + release.id() + ": " + Links.release(client, release.id()));
        }
    }

    @Override
    public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
        if (dryRun && request != null) {
            return tryOut(request, client, session);
        }
        long id = Objects.requireNonNull(session.memory().id(), "a release that was not asked for");
        Release release = client.releases().get(id);
        return switch (release.status()) {
            case SCHEDULED -> scheduled(release, client, session);
            case IN_PROGRESS -> {
                progress(release, client, session);
                yield null;
            }
            case COMPLETED -> completed(release, client, session);
            case FAILED ->
                session.memory().get(ORDERED) == null
                        ? scheduled(release, client, session)
                        : ended(release, "was not committed", client, session);
            default -> ended(release, "was undone", client, session);
        };
    }

    /** A plan that is made, shown and forgotten. */
    private static Outcome tryOut(ReleaseRequest request, SlipwayClient client, StepSession session)
            throws IOException {
        Release release = client.releases().plan(request, null);
        List<RepositoryDifference> differences = Objects.requireNonNullElse(release.differences(), List.of());
        PlanText.print(release, release.plan().checks(), differences, session);
        session.show(new Snapshot.ReleaseSeen(
                release, release.plan().checks(), true, client.api().base()));
        return Outcome.succeeded(
                "a dry run of a release",
                PlanText.result(release, release.plan().checks(), differences, null));
    }

    private @Nullable Outcome scheduled(Release release, SlipwayClient client, StepSession session) throws IOException {
        ReleaseChecksReport report = client.releases().checks(release.id());
        show(release, report.checks(), client, session);
        if (session.memory().get(TOLD) == null) {
            session.note(TOLD, "yes");
            PlanText.print(release, report.checks(), report.differences(), session);
        }
        if (!commit) {
            return Outcome.succeeded(
                    "release " + release.id() + " is planned",
                    PlanText.result(
                            release, report.checks(), report.differences(), Links.release(client, release.id())));
        }
        if (report.blocked()) {
            return Outcome.failed("release " + release.id() + " cannot be committed: " + reds(report.checks()));
        }
        if (isUnapproved(release)) {
            wait(
                    "release " + release.id() + " needs the approval of a second person: slipway release approve "
                            + release.id(),
                    session);
            return null;
        }
        order(release, client, session);
        return null;
    }

    private static boolean isUnapproved(Release release) {
        ReleaseApproval approval = release.approval();
        return approval != null && approval.missing();
    }

    private void wait(String reason, StepSession session) {
        if (!reason.equals(obstacle)) {
            obstacle = reason;
            session.print("Waiting: " + reason);
        }
    }

    private static String reds(List<ReleaseCheck> checks) {
        return checks.stream()
                .filter(check -> check.state().equals("red"))
                .map(ReleaseCheck::message)
                .collect(Collectors.joining("; "));
    }

    /** Has the plan committed that was shown, and no other; where another release is under way, after that one. */
    private void order(Release release, SlipwayClient client, StepSession session) throws IOException {
        session.memory().put(ORDERED, "yes");
        session.save();
        try {
            ReleaseAnswer answer = client.releases().commit(release.id(), release.planHash());
            session.print("The companion says: " + answer.message());
        } catch (ApiException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            Release now = client.releases().get(release.id());
            if (now.status() == IN_PROGRESS || now.status() == COMPLETED) {
                return; // an answer that was lost
            }
            if (e.number("release_id") == null) {
                throw e;
            }
            wait(String.valueOf(e.getMessage()), session);
        }
    }

    private void progress(Release release, SlipwayClient client, StepSession session) {
        String now = release.phase();
        if (now != null && !now.equals(phase)) {
            phase = now;
            session.print("Release " + release.id() + ": " + now);
        }
        show(release, release.plan().checks(), client, session);
    }

    private Outcome completed(Release release, SlipwayClient client, StepSession session) {
        session.print("Release " + release.id() + " completed");
        show(release, release.plan().checks(), client, session);
        return Outcome.succeeded(
                "release " + release.id() + " is completed",
                PlanText.result(release, release.plan().checks(), List.of(), Links.release(client, release.id())));
    }

    private static Outcome ended(Release release, String how, SlipwayClient client, StepSession session) {
        show(release, release.plan().checks(), client, session);
        String error = release.error();
        return Outcome.failed("release " + release.id() + " " + how + (error == null ? "" : ": " + error));
    }

    static void show(Release release, List<ReleaseCheck> checks, SlipwayClient client, StepSession session) {
        session.show(new Snapshot.ReleaseSeen(release, checks, false, Links.release(client, release.id())));
    }

    /** Stops a commit that nobody has seen yet. One that is completed meanwhile stays; undoing is a step of its own. */
    @Override
    public boolean cancel(SlipwayClient client, StepSession session) throws IOException {
        Long id = session.memory().id();
        if (id == null || session.memory().get(ORDERED) == null) {
            return true;
        }
        Release release = client.releases().get(id);
        if (release.status() == IN_PROGRESS) {
            ReleaseAnswer answer = client.releases().revert(id, release.revision());
            session.print("The companion says: " + answer.message());
            show(answer.release(), answer.release().plan().checks(), client, session);
        } else if (release.status() == COMPLETED) {
            session.print("Release " + id + " is completed already; packageRelease(revertTo: " + id + ") undoes it");
        }
        return true;
    }
}
