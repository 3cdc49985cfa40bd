package dev.slipway.client.jenkinsfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.client.steps.Companions;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JenkinsfilesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static Hands hands;

    private final BoundSteps steps = new BoundSteps(Companions.client(companion), () -> hands.check());
    private final Pipeline pipeline = new Pipeline(steps);
    private final String source = "https://git.slipway.example/" + Farm.unique("wordfreq") + ".git";

    @BeforeAll
    static void prepare() throws IOException {
        platform("el9", "rpm", "x86_64", "aarch64");
        platform("bookworm", "deb", "amd64");
        hands = new Hands(companion, "src", "x86_64", "aarch64", "amd64");
        hands.begin();
        expect(companion
                .admin()
                .post(
                        "/api/v1/distributions/",
                        Map.of(
                                "name", "demo",
                                "platforms", List.of("el9", "bookworm"),
                                "sign_key", hands.keyid()))
                .status());
        new Farm(companion).run("channels.publish");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> companion
                        .value("select count(*) from channel where publication_id is null and path like 'demo/%'")
                        .equals("0"));
    }

    private static void platform(String name, String type, String... arches) {
        expect(companion
                .admin()
                .post(
                        "/api/v1/platforms/",
                        Map.of(
                                "name",
                                name,
                                "type",
                                type,
                                "distr_type",
                                "demo",
                                "distr_version",
                                "9",
                                "test_dist_name",
                                "demo",
                                "arch_list",
                                List.of(arches),
                                "data",
                                Map.of()))
                .status());
    }

    private static void expect(int status) {
        assertThat(status).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        hands.close();
    }

    private void run(String file, Map<String, Object> params) throws Exception {
        pipeline.run(file, params, Map.of("CHANGE_BRANCH", "topic", "CHANGE_ID", "7"), command -> 0);
    }

    @Test
    void everyPipelineSaysWhatItIsFor() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "..", "jenkinsfiles"))) {
            assertThat(files.toList())
                    .hasSize(5)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file)).startsWith("// ").contains("\n// Needs: "));
        }
    }

    @Test
    void fromTheSourceToTheReleasedPackage() throws Exception {
        run("build-to-release.Jenkinsfile", Map.of("SOURCE", source, "REF", "main"));
        assertThat(steps.called)
                .containsExactly(
                        "packageBuild",
                        "packageTest",
                        "packageSign",
                        "packageCompose",
                        "packageRelease",
                        "packageRelease");
        assertThat(steps.console.lines).anyMatch(line -> line.matches("Release \\d+ completed"));
        assertThat(pipeline.others).anyMatch(line -> line.startsWith("echo Look at it") && line.contains("baseurl="));
    }

    @Test
    void agentsOfEachArchitectureAreTheWorkers() throws Exception {
        run("matrix.Jenkinsfile", Map.of("SOURCE", source, "REF", "main"));
        assertThat(steps.called).containsExactly("packageBuild", "packageWorker", "packageWorker", "packageTest");
    }

    @Test
    void aPullRequestGetsARepositoryOfItsOwn() throws Exception {
        run("pull-request.Jenkinsfile", Map.of("SOURCE", source));
        assertThat(pipeline.description()).matches("\\d+ packages at http.*");
        assertThat(pipeline.others).contains("junit");
    }

    @Test
    void aBranchOfAMultibranchJobBuildsWhatItComesFrom() throws Exception {
        pipeline.comesFrom(source);
        pipeline.run("pull-request.Jenkinsfile", Map.of(), Map.of("BRANCH_NAME", "topic"), command -> 0);
        assertThat(pipeline.description()).matches("\\d+ packages at http.*");
    }

    @Test
    void tonightsBuildsAreReleasedAfterApproval() throws Exception {
        run("nightly.Jenkinsfile", Map.of("SOURCES", source + ", " + source.replace("wordfreq", "libtally")));
        assertThat(pipeline.others).anyMatch(line -> line.startsWith("input Release build "));
        assertThat(steps.console.lines).anyMatch(line -> line.matches("Release \\d+ completed"));
    }

    private long signedBuild() {
        Object build = steps.call(
                "packageBuild", Map.of("platforms", List.of("el9"), "sources", List.of(Map.of("url", source))));
        long id = Long.parseLong(String.valueOf(((Map<?, ?>) build).get("id")));
        steps.call("packageTest", Map.of("build", id));
        steps.call("packageSign", Map.of("build", id, "key", Hands.KEY));
        steps.called.clear();
        return id;
    }

    @Test
    void aReleaseIsShownApprovedAndCommitted() throws Exception {
        run("release.Jenkinsfile", Map.of("BUILDS", Long.toString(signedBuild())));
        assertThat(steps.called).containsExactly("packageRelease", "packageRelease", "packageRelease");
        assertThat(steps.console.lines.stream()
                        .takeWhile(line -> !line.startsWith("Release "))
                        .toList())
                .as("what the dry run says")
                .contains("What would change:");
        assertThat(steps.console.lines).anyMatch(line -> line.matches("Release \\d+ completed"));
    }

    @Test
    void aReleaseThatDoesNotWorkIsUndone() {
        String builds = Long.toString(signedBuild());
        assertThatThrownBy(() -> pipeline.run("release.Jenkinsfile", Map.of("BUILDS", builds), Map.of(), command -> {
                    throw new BoundSteps.StepFailed("wordfreq: command not found");
                }))
                .hasStackTraceContaining("command not found");
        assertThat(steps.called).hasSize(4);
        assertThat(steps.console.lines).anyMatch(line -> line.matches("The companion says: release \\d+ is reverted"));
    }
}
