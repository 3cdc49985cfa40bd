package dev.slipway.server.buildnodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The founding system's protocol, in the bodies that its document shows and in those that its nodes send. */
final class BuildNodeTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private TestNode node;

    @BeforeEach
    void clear() {
        farm.clear();
        node = another();
    }

    private static TestNode another() {
        return new TestNode(companion);
    }

    private static Path source(String name) {
        return SampleRpms.build(spec -> spec.name(name).source());
    }

    private Build build(String... names) {
        return farm.build(farm.platform("rpm", "x86_64"), names);
    }

    private static int ended(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("ok").asBoolean()).isTrue();
        return answer.status();
    }

    @Test
    void tellsANodeWhatTheDocumentSaysAboutATask() {
        Build build = build("sextant");
        farm.run("channels.publish");

        JsonNode task = node.task("src", "x86_64");

        assertThat(task.path("id").isIntegralNumber()).isTrue();
        assertThat(task.path("arch").asText()).isEqualTo("src");
        assertThat(task.path("ref").path("url").asText()).isEqualTo("https://git.slipway.example/sextant.git");
        assertThat(task.path("ref").path("git_ref").asText()).isEqualTo("main");
        assertThat(task.path("platform").path("name").asText())
                .isEqualTo(build.tasks().get(0).platform().name());
        assertThat(task.path("platform").path("type").asText()).isEqualTo("rpm");
        assertThat(task.path("platform").path("data").isObject()).isTrue();
        assertThat(task.path("created_by").path("name").asText()).isEqualTo("admin");
        assertThat(task.path("created_by").path("email").isTextual()).isTrue();
        assertThat(task.path("repositories").get(0).path("name").isTextual()).isTrue();
        assertThat(task.path("repositories").get(0).path("url").asText())
                .startsWith(companion.url() + "/repos/builds/" + build.id());
        assertThat(task.path("linked_builds").isArray()).isTrue();
    }

    // acceptance case 31
    @Test
    void answersNullAndWhenToAskAgain() {
        TestResponse answer = node.ask("x86_64");

        assertThat(answer.json().isNull()).isTrue();
        assertThat(answer.header("Retry-After")).isEqualTo("10");
    }

    // acceptance case 30
    @Test
    void aNodeThatAsksTwiceGetsTheSameTask() {
        build("astrolabe", "quadrant");

        // not all of it: the build's empty repository may have been published in between
        assertThat(node.task("src").path("id")).isEqualTo(node.task("src").path("id"));
    }

    /** Nodes may share a token. */
    @Test
    void aTaskIsNotGivenAgainToWhoAsksForOtherArchitectures() {
        build("alidade");
        node.task("src");

        assertThat(node.ask("x86_64").json().isNull()).isTrue();
    }

    // acceptance case 30
    @Test
    void anotherNodeGetsAnotherTask() {
        build("octant", "backstaff");

        assertThat(node.task("src").path("id"))
                .isNotEqualTo(another().task("src").path("id"));
    }

    @Test
    void aNodeThatNamesItsTaskInAPingGetsAnotherOneForItsNextThread() {
        build("chronometer", "barometer");
        JsonNode first = node.task("src");

        node.ping(first);

        assertThat(node.task("src").path("id")).isNotEqualTo(first.path("id"));
    }

    // acceptance case 32
    @Test
    void aPingOfOthersTasksChangesNothing() {
        build("windlass");
        JsonNode task = node.task("src");

        TestResponse answer = another()
                .post("/build_node/ping/", "{\"node_status\": {\"active_tasks\": [" + task.path("id") + ", 987654]}}");

        assertThat(ended(answer)).isEqualTo(200);
        assertThat(node.task("src").path("id")).isEqualTo(task.path("id"));
    }

    // acceptance case 32
    @Test
    void aPingWithoutTasksIsWelcome() {
        assertThat(ended(node.ping())).isEqualTo(200);
    }

    @Test
    void aBuildIsMadeByANodeAlone() {
        Build build = build("capstan");
        JsonNode source = node.task("src", "x86_64");
        ended(node.done(source, "done", List.of(node.uploaded(source("capstan")), node.uploadedLog("fine"))));
        JsonNode binary = node.task("src", "x86_64");

        ended(node.done(binary, SampleRpms.simple("capstan", "1.0", "x86_64")));

        assertThat(farm.get(build.id()).tasks())
                .allSatisfy(task -> assertThat(task.status()).isEqualTo(2));
        assertThat(farm.get(build.id()).tasks().get(0).artifacts())
                .extracting(artifact -> artifact.type())
                .containsExactlyInAnyOrder("rpm", "build_log");
    }

    @Test
    void theSourcePackageOfABinaryTaskIsServedWithoutAToken() throws IOException {
        build("bollard");
        byte[] made = Files.readAllBytes(source("bollard"));
        ended(node.done(node.task("src"), "done", List.of(node.uploaded("rpm", "bollard-1.0-1.src.rpm", made))));

        JsonNode binary = node.task("x86_64");

        String url = binary.path("built_srpm_url").asText();
        assertThat(url).startsWith(companion.url() + "/repos/");
        assertThat(companion
                        .anonymous()
                        .get(url.substring(companion.url().toString().length()))
                        .bytes())
                .isEqualTo(made);
        assertThat(binary.path("srpm_hash").asText()).isEqualTo(Sha256.hex(made));
    }

    /** Nodes send more than the document has, without the member around it, and null for what they do not know. */
    @Test
    void takesWhatRealNodesSend() throws IOException {
        build("halyard");
        byte[] made = Files.readAllBytes(source("halyard"));
        JsonNode task = node.post(
                        "/build_node/get_task",
                        "{\"supported_arches\": [\"x86_64\", \"i686\", \"src\"], \"excluded_packages\": []}")
                .json();
        assertThat(ended(node.post(
                        "/build_node/ping", "{\"active_tasks\": [" + task.path("id") + "], \"node\": \"n1\"}")))
                .isEqualTo(200);
        String href = String.valueOf(
                node.uploaded("rpm", "halyard-1.0-1.src.rpm", made).get("href"));

        TestResponse answer = node.post(
                "/build_node/build_done", """
                {"task_id": %s, "status": "done", "stats": {"build_all": {"delta": "0:01:02"}}, "is_cas_authenticated": false,
                 "alma_commit_cas_hash": null, "git_commit_hash": "0123456789abcdef0123456789abcdef01234567",
                 "artifacts": [{"name": "halyard-1.0-1.src.rpm", "type": "rpm", "href": "%s", "sha256": "%s", "cas_hash": null}]}
                """.formatted(task.path("id"), companion.url() + href, Sha256.hex(made)));

        assertThat(ended(answer)).isEqualTo(200);
        assertThat(node.task("x86_64").path("ref").path("git_commit_hash").asText())
                .isEqualTo("0123456789abcdef0123456789abcdef01234567");
    }

    @Test
    void aSingleArtifactNeedsNoList() {
        build("cleat");
        JsonNode task = node.task("src");

        TestResponse answer = node.post(
                "/build_node/build_done",
                Map.of(
                        "build_done",
                        Map.of(
                                "task_id",
                                task.path("id"),
                                "status",
                                "done",
                                "artifacts",
                                node.uploaded(source("cleat")))));

        assertThat(ended(answer)).isEqualTo(200);
    }

    @Test
    void aFailureIsShownAsOne() {
        Build build = build("shackle");

        ended(node.done(node.task("src"), "failed", List.of(node.uploadedLog("bad"))));

        assertThat(farm.get(build.id()).tasks().get(0).status()).isEqualTo(3);
        assertThat(farm.get(build.id()).tasks().get(0).artifacts().get(0).name())
                .isEqualTo("mock.log");
    }

    // acceptance case 41
    @Test
    void anExcludedTaskEndsAsExcluded() {
        Build build = build("fairlead");
        ended(node.done(node.task("src"), source("fairlead")));

        ended(node.done(node.task("x86_64"), "excluded", List.of(node.uploaded(source("fairlead")))));

        assertThat(farm.get(build.id()).tasks().get(1).status()).isEqualTo(4);
    }

    @Test
    void aSecondReportComesTooLate() {
        build("toggle");
        JsonNode task = node.task("src");
        List<Map<String, Object>> artifacts = List.of(node.uploaded(source("toggle")));
        ended(node.done(task, "done", artifacts));

        assertThat(node.done(task, "done", artifacts).status()).isEqualTo(409);
    }

    // acceptance case 35
    @Test
    void aNodeThatWasSilentTooLongLosesItsTask() {
        build("grommet");
        JsonNode task = node.task("src");
        companion.clock().advance(Duration.ofMinutes(21));
        farm.run("tasks.reap");
        assertThat(another().task("src").path("id")).isEqualTo(task.path("id"));

        TestResponse late = node.done(task, source("grommet"));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("lease-lost");
    }

    @Test
    void aNodeThatPingsKeepsItsTask() {
        build("marlinspike");
        JsonNode task = node.task("src");
        companion.clock().advance(Duration.ofMinutes(19));
        node.ping(task);
        companion.clock().advance(Duration.ofMinutes(19));
        farm.run("tasks.reap");

        assertThat(ended(node.done(task, source("marlinspike")))).isEqualTo(200);
    }

    // acceptance case 10
    @Test
    void anotherNodeCannotReportATask() {
        build("belayingpin");
        JsonNode task = node.task("src");

        TestResponse answer = another().done(task, "failed", List.of());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("lease-lost");
    }

    // acceptance case 59
    @Test
    void anArtifactWithAnotherChecksumIsRefusedAndNamed() {
        build("thimble");
        JsonNode task = node.task("src");
        Map<String, Object> artifact = new HashMap<>(node.uploaded(source("thimble")));
        artifact.put("sha256", "0".repeat(64));

        TestResponse answer = node.done(task, "done", List.of(artifact));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("thimble-").contains("/artifacts/0/sha256");
        assertThat(farm.get(task.path("build_id").asLong()).tasks().get(0).status())
                .isEqualTo(1);
    }

    @Test
    void anArtifactThatWasNotUploadedIsRefusedAndNamed() {
        build("spritsail");
        JsonNode task = node.task("src");

        TestResponse answer = node.done(
                task,
                "done",
                List.of(Map.of("name", "lost.rpm", "type", "rpm", "href", "https://elsewhere.example/lost.rpm")));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("lost.rpm").contains("PUT /api/v1/blobs/");
    }

    @Test
    void aWordThatIsNoStatusIsRefused() {
        build("jackline");

        assertThat(node.done(node.task("src"), "finished", List.of()).status()).isEqualTo(422);
    }

    @Test
    void whatIsNoPackageEndsTheTaskAndTheAnswerSaysWhy() {
        Build build = build("oakum");

        TestResponse answer = node.done(
                node.task("src"),
                "done",
                List.of(node.uploaded("rpm", "oakum-1.0-1.src.rpm", "no package".getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.json().path("message").asText()).contains("oakum-1.0-1.src.rpm");
        assertThat(farm.get(build.id()).tasks().get(0).status()).isEqualTo(3);
    }

    @Test
    void anUnknownTaskCannotBeReported() {
        TestResponse answer =
                node.post("/build_node/build_done", Map.of("task_id", 4711, "status", "done", "artifacts", List.of()));

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void aRequestWithoutArchitecturesIsRefused() {
        assertThat(node.post("/build_node/get_task", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void aNodeDoesNotGetWhatItDoesNotBuild() {
        build("Kernel-rt", "keel");

        JsonNode task = node.post(
                        "/build_node/get_task",
                        Map.of("supported_arches", List.of("src"), "excluded_packages", List.of("kernel-RT", "100%_")))
                .json();

        assertThat(task.path("ref").path("url").asText()).endsWith("keel.git");
    }

    @Test
    void aNodeForOneFormatGetsNoSourcesOfTheOther() {
        farm.build(farm.platform("deb", "amd64"), "hawser");

        assertThat(node.ask("x86_64", "src").json().isNull()).isTrue();
    }

    @Test
    void aPingTellsWhichTasksWereCancelled() {
        Build build = build("ratline");
        JsonNode task = node.task("src");
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        TestResponse answer = node.ping(task);

        assertThat(answer.json().path("stop").get(0)).isEqualTo(task.path("id"));
    }

    @Test
    void theBuildsMacrosAndConditionsAreInThePlatformsData() {
        farm.build(
                companion.admin(),
                Map.of(
                        "platforms",
                        List.of(Map.of(
                                "name", farm.platform("rpm", Map.of("macros", Map.of("dist", ".el9")), "x86_64"))),
                        "tasks",
                        List.of(Map.of("url", "https://git.slipway.example/trysail.git")),
                        "mock_options",
                        Map.of("definitions", Map.of("vendor", "Slipway"), "with", List.of("docs"))));

        JsonNode data = node.task("src").path("platform").path("data");

        assertThat(data.path("definitions").path("dist").asText()).isEqualTo(".el9");
        assertThat(data.path("definitions").path("vendor").asText()).isEqualTo("Slipway");
        assertThat(data.path("mock").path("with").get(0).asText()).isEqualTo("docs");
    }
}
