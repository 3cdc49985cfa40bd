package dev.slipway.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.CompanionProcess;
import dev.slipway.server.testing.FailpointNames;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The companion that takes a report dies at each of its steps, as by SIGKILL; the worker then repeats its call to another
 * companion of the same database and directory, as it would after a restart. Acceptance case 38.
 */
@Tag("slow")
final class ReportCrashTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final String NAME = "sounding";

    private final Farm farm = new Farm(companion);
    private TestWorker worker;

    @BeforeEach
    void clear() {
        companion.clock().catchUp();
        farm.clear();
        worker = farm.worker("src", "x86_64");
    }

    @Test
    void everyStepOfAReportIsHere() throws Exception {
        Set<String> here = new TreeSet<>(List.of(ReportCrashTest.class
                .getDeclaredMethod("nothingIsLostDoubledOrHalfVisible", String.class)
                .getAnnotation(ValueSource.class)
                .strings()));

        assertThat(here).isEqualTo(FailpointNames.of("report"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.log-kept",
                "report.ingested",
                "report.repository-changed",
                "report.prepared",
                "report.locked",
                "report.artifacts",
                "report.published",
                "report.content",
                "report.before-commit",
                "report.committed"
            })
    void nothingIsLostDoubledOrHalfVisible(String failpoint) throws Exception {
        Build build = farm.build(farm.platform("rpm", "x86_64"), NAME);
        worker.succeed(worker.claim(), NAME);
        ClaimedTask task = worker.claim();
        worker.log(task, 0, "building\n");
        ReportedArtifact[] results = worker.results(task, NAME).toArray(ReportedArtifact[]::new);

        try (CompanionProcess doomed = CompanionProcess.start(companion.var(), companion.databaseUrl(), failpoint)) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> worker.at(worker.api().at(doomed.url())).report(task, "succeeded", results));
            assertThat(doomed.awaitEnd()).isEqualTo(Failpoints.EXIT_STATUS);
        }
        boolean committed = failpoint.equals("report.committed");
        assertThat(served(build)).isEqualTo(committed);
        assertThat(state(build)).isEqualTo(committed ? "succeeded" : "running");

        TestResponse repeated = worker.report(task, "succeeded", results);

        assertThat(repeated.status()).as(repeated.toString()).isEqualTo(200);
        assertThat(state(build)).isEqualTo("succeeded");
        assertThat(served(build)).isTrue();
        assertThat(companion.value("select count(*) from artifact where task_id = " + task.id() + " and type = 'rpm'"))
                .isEqualTo("1");
        assertThat(companion.value("select count(*) from artifact where task_id = " + task.id() + " and type = 'log'"))
                .isEqualTo("1");
        assertThat(companion.value("select unfinished_tasks from build where id = " + build.id()))
                .isEqualTo("0");
        assertThat(farm.get(build.id()).testTasks()).hasSize(1);
        assertThat(companion.value("select count(*) from outbox_event where type = 'build.finished' and subject_id = "
                        + build.id()))
                .isEqualTo("1");
    }

    private String state(Build build) {
        return farm.get(build.id()).tasks().stream()
                .filter(task -> task.arch().equals("x86_64"))
                .map(BuildTask::state)
                .findFirst()
                .orElseThrow();
    }

    /** Whether the package can be downloaded; when not, the repository's metadata must be whole and not name it. */
    private boolean served(Build build) {
        String url = build.repositories().stream()
                .filter(each -> each.arch().equals("x86_64") && !each.debug())
                .findFirst()
                .orElseThrow()
                .url()
                .substring(companion.url().toString().length());
        TestResponse repomd = companion.anonymous().get(url + "repodata/repomd.xml");
        assertThat(repomd.status()).isEqualTo(200);
        return companion
                        .anonymous()
                        .get(url + "Packages/s/" + NAME + "-1.0-1.x86_64.rpm")
                        .status()
                == 200;
    }
}
