package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Packages for all architectures that are made once for each: one counts everywhere, and the differences are told. */
final class SharedPackagesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private TestWorker worker;

    @BeforeEach
    void register() {
        farm.clear();
        worker = farm.worker("src", "x86_64", "i686");
    }

    private String platform(Map<String, Object> data) {
        return farm.platform("rpm", data, "i686", "x86_64");
    }

    private static Path documents(String content, String host) {
        return SampleRpms.build(spec -> spec.name("chart-doc")
                .arch("noarch")
                .macro("_buildhost", host)
                .file("/usr/share/doc/chart/chart.html", content));
    }

    /** Builds, the tasks ending in the order of these architectures. */
    private Build built(String platform, Map<String, Path> documents, List<String> order) {
        Build build = farm.build(platform, "chart");
        ok(worker.succeed(worker.claimSource(), "chart"));
        List<ClaimedTask> tasks = List.of(worker.claim(), worker.claim());
        for (String arch : order) {
            ClaimedTask task = tasks.stream()
                    .filter(each -> each.arch().equals(arch))
                    .findFirst()
                    .orElseThrow();
            ok(worker.report(
                    task,
                    "succeeded",
                    worker.upload(task, "rpm", SampleRpms.simple("chart", "1.0", arch)),
                    worker.upload(task, "rpm", Objects.requireNonNull(documents.get(arch)))));
        }
        return farm.get(build.id());
    }

    private static void ok(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).as(answer.toString()).isEqualTo("succeeded");
    }

    /** The architecture whose documents a repository of the build holds. */
    private static String origin(Build build, String repository) {
        return companion.value("select bt.arch from repository r"
                + " join repository_package rp on rp.repository_id = r.id and rp.removed_in is null"
                + " join package p on p.id = rp.package_id and p.name = 'chart-doc'"
                + " join artifact a on a.package_id = p.id join build_task bt on bt.task_id = a.task_id"
                + " where r.build_id = " + build.id() + " and bt.build_id = r.build_id and not r.debug and r.arch = '"
                + repository + "'");
    }

    // acceptance case 18
    @Test
    void everyArchitectureHasTheOneThatWasThereFirst() {
        Build build = built(
                platform(Map.of()),
                Map.of("i686", documents("32\n", "a"), "x86_64", documents("64\n", "b")),
                List.of("x86_64", "i686"));

        assertThat(origin(build, "i686")).isEqualTo("x86_64");
        assertThat(origin(build, "x86_64")).isEqualTo("x86_64");
    }

    // acceptance case 46
    @Test
    void theTrustedArchitecturesFileIsUsedEverywhere() {
        Build build = built(
                platform(Map.of("copy_priority_arches", List.of("x86_64"))),
                Map.of("i686", documents("32\n", "a"), "x86_64", documents("64\n", "b")),
                List.of("i686", "x86_64"));

        assertThat(origin(build, "i686")).isEqualTo("x86_64");
        assertThat(origin(build, "x86_64")).isEqualTo("x86_64");
    }

    // acceptance case 45
    @Test
    void otherContentsAreReported() {
        Build build = built(
                platform(Map.of()),
                Map.of("i686", documents("32\n", "a"), "x86_64", documents("64\n", "b")),
                List.of("i686", "x86_64"));

        assertThat(build.differences()).hasSize(1);
        assertThat(build.differences().get(0).nevra()).startsWith("chart-doc-");
        assertThat(build.differences().get(0).differences())
                .containsExactly("/usr/share/doc/chart/chart.html has another content");
        assertThat(build.tasks().stream()
                        .filter(task -> task.id() == build.differences().get(0).taskId())
                        .findFirst()
                        .orElseThrow()
                        .arch())
                .isEqualTo("i686");
    }

    // acceptance case 45
    @Test
    void equalContentsFromDifferentMachinesAreNoDifference() {
        Build build = built(
                platform(Map.of()),
                Map.of("i686", documents("same\n", "a"), "x86_64", documents("same\n", "b")),
                List.of("i686", "x86_64"));

        assertThat(build.differences()).isEmpty();
    }

    @Test
    void whatATaskBroughtIsForgottenWhenItRunsAgain() {
        Build build = built(
                platform(Map.of()),
                Map.of("i686", documents("32\n", "a"), "x86_64", documents("64\n", "b")),
                List.of("i686", "x86_64"));
        companion.value("update task set state = 'failed' where id = "
                + build.differences().get(0).otherTaskId() + " returning id");

        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/restart-failed", null);

        assertThat(farm.get(build.id()).differences()).isEmpty();
    }
}
