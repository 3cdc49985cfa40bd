package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.releases.PlanRepository;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseApproval;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleaseOwner;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.api.releases.RepositoryDifference;
import dev.slipway.client.steps.FakeTransport.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteReleaseTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private int status = 1;
    private List<ReleaseCheck> checks = List.of();
    private @Nullable List<RepositoryDifference> differences;
    private final FakeTransport companion = new FakeTransport()
            .on("POST /api/v1/releases/new/", a -> Answer.ok(release()))
            .on("GET /api/v1/releases/5/", a -> Answer.ok(release()))
            .on(
                    "GET /api/v1/releases/5/checks",
                    a -> Answer.ok(new ReleaseChecksReport(5, 1, !checks.isEmpty(), checks, List.of())))
            .on("POST /api/v1/releases/5/commit/", a -> {
                status = 2;
                return Answer.ok(new ReleaseAnswer(release(), "release 5 is being committed", null));
            })
            .on("POST /api/v1/releases/5/revert/", a -> {
                status = status == 2 ? 4 : 5;
                return Answer.ok(new ReleaseAnswer(release(), "release 5 is stopped", null));
            });

    private ReleaseApproval approval = new ReleaseApproval(false, null, null);

    private Release release() {
        return new Release(
                5,
                status,
                List.of("scheduled", "in_progress", "completed", "failed", "reverted")
                        .get(status - 1),
                status == 2 ? "preparing" : null,
                null,
                List.of(812L),
                new ReleasePlan(List.of(), List.of(), checks),
                "cafe",
                new ReleaseOwner(1, "ci", ""),
                1,
                "el9",
                null,
                "demo",
                null,
                NOW,
                null,
                null,
                approval,
                differences,
                7);
    }

    private StepRun run(boolean commit, long release, long revertTo) {
        return run(false, commit, release, revertTo);
    }

    private StepRun run(boolean dryRun, boolean commit, long release, long revertTo) {
        boolean plans = release == 0 && revertTo == 0;
        return new StepRun(
                () -> new ReleaseArguments(
                                plans ? List.of(812L) : null,
                                plans ? "el9" : null,
                                null,
                                release,
                                dryRun,
                                commit,
                                revertTo)
                        .work(),
                companion.client());
    }

    @Test
    void aDryRunSaysWhatWouldChange() {
        differences = List.of(new RepositoryDifference(
                new PlanRepository(3, "demo-el9", "x86_64", false),
                2,
                List.of("wordfreq-1.3-1.x86_64", "tally-1.0-1.x86_64"),
                List.of("tally-1.0-1.x86_64", "gone-1.0-1.x86_64"),
                0));
        StepRun run = run(true, false, 0, 0);

        Map<String, Object> result = run.end().result();

        assertThat(run.host.lines)
                .containsSubsequence(
                        "What would change:",
                        "  + wordfreq-1.3-1.x86_64 in demo-el9/x86_64",
                        "  ~ tally-1.0-1.x86_64 in demo-el9/x86_64 (replaced by other contents)",
                        "  - gone-1.0-1.x86_64 in demo-el9/x86_64");
        assertThat(result.get("differences"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .singleElement()
                .satisfies(change -> assertThat(change.get("added"))
                        .isEqualTo(List.of("wordfreq-1.3-1.x86_64", "tally-1.0-1.x86_64")));
    }

    @Test
    void aDryRunOfWhatIsThereAlreadySaysThatNothingWouldChange() {
        differences = List.of();
        StepRun run = run(true, false, 0, 0);
        run.end();
        assertThat(run.host.lines).contains("Nothing would change");
    }

    @Test
    void keepsAPlanWithoutCommittingIt() {
        assertThat(run(false, 0, 0).end().result()).containsEntry("id", 5L).containsEntry("blocked", false);
        assertThat(companion.lines()).noneMatch(line -> line.endsWith("/commit/"));
    }

    @Test
    void commitsThePlanThatWasShownAndNoOther() {
        StepRun run = run(true, 5, 0);
        run.round();
        run.round();
        status = 3;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(companion.asked)
                .anyMatch(a -> a.line().endsWith("/commit/") && a.query().equals("plan_hash=cafe"));
    }

    @Test
    void aRedCheckStopsTheCommit() {
        checks = List.of(new ReleaseCheck(null, null, "signature", "red", false, "wordfreq is not signed"));
        assertThat(run(true, 0, 0).end().message()).contains("wordfreq is not signed");
        assertThat(companion.lines()).noneMatch(line -> line.endsWith("/commit/"));
    }

    @Test
    void waitsForTheApprovalOfASecondPersonAndSaysSoOnce() {
        approval = new ReleaseApproval(true, null, null);
        StepRun run = run(true, 0, 0);
        run.round();
        run.round();
        run.round();
        assertThat(companion.lines()).noneMatch(line -> line.endsWith("/commit/"));
        assertThat(run.host.lines)
                .filteredOn(line -> line.contains("needs the approval of a second person"))
                .hasSize(1);

        approval = new ReleaseApproval(true, "grace", NOW);
        run.round();
        status = 3;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(companion.lines()).containsOnlyOnce("POST /api/v1/releases/5/commit/");
    }

    @Test
    void aLostAnswerToTheCommitIsNoSecondCommit() {
        StepRun run = run(true, 0, 0);
        companion.on("POST /api/v1/releases/5/commit/", a -> {
            status = 2;
            companion.loseNextAnswer = true;
            return Answer.ok(Map.of());
        });
        run.round();
        run.restart();
        status = 3;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(companion.lines()).containsOnlyOnce("POST /api/v1/releases/5/commit/");
    }

    @Test
    void anAbortStopsACommitThatNobodyHasSeen() throws Exception {
        StepRun run = run(true, 0, 0);
        run.round();
        assertThat(run.cancel()).isTrue();
        assertThat(status).isEqualTo(4);
    }

    @Test
    void anAbortLeavesACompletedReleaseAlone() throws Exception {
        StepRun run = run(true, 0, 0);
        run.round();
        status = 3;
        assertThat(run.cancel()).isTrue();
        assertThat(status).isEqualTo(3);
        assertThat(run.host.lines).anyMatch(line -> line.contains("revertTo: 5"));
    }

    @Test
    void undoesARelease() {
        status = 3;
        assertThat(run(false, 0, 5).end().result()).containsEntry("state", "reverted");
    }

    @Test
    void undoingWhatWasNeverPublishedDoesNoHarm() {
        status = 4;
        assertThat(run(false, 0, 5).end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(companion.lines()).noneMatch(line -> line.endsWith("/revert/"));
    }
}
