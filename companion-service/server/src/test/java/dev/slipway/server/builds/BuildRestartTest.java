package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a restart of what failed runs again, and what it leaves alone. */
final class BuildRestartTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private TestWorker worker;
    private Build build;

    @BeforeEach
    void build() {
        farm.clear();
        worker = farm.worker("src", "x86_64", "i686");
        build = farm.build(farm.platform("rpm", Map.of("tests", "none"), "i686", "x86_64"), "gantry");
    }

    private static TestResponse restart(Build build) {
        return companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/restart-failed", null);
    }

    private void succeedSource() {
        ok(worker.succeed(worker.claimSource(), "gantry"));
    }

    /** Ends both binary tasks; those of these architectures fail with a log. */
    private void endBinaries(List<String> failing) {
        for (ClaimedTask task = worker.tryClaim(); task != null; task = worker.tryClaim()) {
            if (failing.contains(task.arch())) {
                ok(worker.report(
                        task,
                        "failed",
                        worker.upload(task, "log", "mock.log", "no\n".getBytes(StandardCharsets.UTF_8))));
            } else {
                ok(worker.succeed(task, "gantry"));
            }
        }
    }

    private static void ok(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private BuildTask task(String arch) {
        return farm.get(build.id()).tasks().stream()
                .filter(each -> each.arch().equals(arch))
                .findFirst()
                .orElseThrow();
    }

    // acceptance case 42
    @Test
    void onlyWhatFailedRunsAgain() {
        succeedSource();
        endBinaries(List.of("i686"));

        ok(restart(build));

        assertThat(farm.states(build.id())).containsExactly("0 src succeeded", "0 i686 ready", "0 x86_64 succeeded");
    }

    // acceptance case 42
    @Test
    void theSourcePackageIsUsedAgain() {
        succeedSource();
        List<Artifact> made = task("src").artifacts();
        endBinaries(List.of("i686"));

        ok(restart(build));

        assertThat(task("src").artifacts()).isEqualTo(made);
        assertThat(TestWorker.work(worker.claim()).sourceArtifacts()).hasSize(1);
    }

    // acceptance case 42
    @Test
    void theErrorAndTheFilesOfTheFormerAttemptAreGone() {
        succeedSource();
        endBinaries(List.of("i686"));
        assertThat(task("i686").error()).isNotNull();

        ok(restart(build));

        assertThat(task("i686").error()).isNull();
        assertThat(task("i686").artifacts()).isEmpty();
    }

    // acceptance case 43
    @Test
    void theSourcePackageIsMadeAgainWhenNoBinaryGotBuilt() {
        succeedSource();
        endBinaries(List.of("i686", "x86_64"));

        ok(restart(build));

        assertThat(farm.states(build.id())).containsExactly("0 src ready", "0 i686 blocked", "0 x86_64 blocked");
    }

    @Test
    void aBuildWhoseSourceFailedStartsFromItsBeginning() {
        ok(worker.report(worker.claimSource(), "failed"));

        ok(restart(build));

        assertThat(farm.states(build.id())).containsExactly("0 src ready", "0 i686 blocked", "0 x86_64 blocked");
    }

    @Test
    void theBuildEndsWellAfterTheRestart() {
        succeedSource();
        endBinaries(List.of("i686"));
        ok(restart(build));

        endBinaries(List.of());

        assertThat(farm.get(build.id()).state()).isEqualTo("succeeded");
    }

    // acceptance case 26
    @Test
    void whatWasCancelledStaysSo() {
        succeedSource();
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        assertThat(restart(build).status()).isEqualTo(409);
        assertThat(task("i686").status()).isEqualTo(5);
    }

    @Test
    void aBuildInWhichNothingFailedIsNotRestarted() {
        succeedSource();
        endBinaries(List.of());

        assertThat(restart(build).status()).isEqualTo(409);
    }

    @Test
    void anUnknownBuildIsNotRestarted() {
        assertThat(companion
                        .admin()
                        .send("PATCH", "/api/v1/builds/4711/restart-failed", null)
                        .status())
                .isEqualTo(404);
    }

    // acceptance case 26
    @Test
    void aWaitingTaskIsCancelledWithAWordWhy() {
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        assertThat(task("src").status()).isEqualTo(5);
        assertThat(task("src").error()).isEqualTo("Build task cancelled by user");
    }
}
