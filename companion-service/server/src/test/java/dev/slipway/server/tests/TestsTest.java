package dev.slipway.server.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.TestWork;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a build's packages as an outside test system decides them, and what must not happen before they passed. */
final class TestsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private TestWorker worker;
    private Build build;
    private long task;

    @BeforeEach
    void build() {
        farm.clear();
        worker = farm.worker("src", "x86_64");
        build = farm.built(worker, farm.platform("rpm", "x86_64"), "fender");
        task = binary(build);
    }

    private static long binary(Build build) {
        return build.tasks().stream()
                .filter(each -> each.arch().equals("x86_64"))
                .map(BuildTask::id)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode tests(long task, String revision) {
        TestResponse answer = companion.admin().get("/api/v1/tests/" + task + "/" + revision);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private TestResponse decide(boolean success) {
        return companion
                .admin()
                .post(
                        "/api/v1/tests/" + tests(task, "latest").get(0).path("id") + "/result/",
                        Map.of(
                                "api_version",
                                "1.0",
                                "result",
                                Map.of("install_package", Map.of("success", success)),
                                "stats",
                                Map.of()));
    }

    private static TestResponse restart(String what, long id) {
        return companion.admin().send("PUT", "/api/v1/tests/" + what + "/" + id + "/restart", null);
    }

    // acceptance case 67
    @Test
    void everyPackageOfAnEndedBuildHasATest() {
        assertThat(tests(task, "latest")).hasSize(1);
        assertThat(tests(task, "1").get(0).path("package_name").asText()).isEqualTo("fender");
        assertThat(tests(task, "1").get(0).path("status").asInt()).isOne();
    }

    // acceptance case 67
    @Test
    void aSourcePackageHasNoTest() {
        assertThat(tests(build.tasks().get(0).id(), "latest")).isEmpty();
    }

    @Test
    void aResultDecidesATest() {
        assertThat(decide(true).json().path("status").asInt()).isEqualTo(3);
    }

    @Test
    void theSameResultAgainHasTheSameAnswer() {
        assertThat(decide(false).status()).isEqualTo(200);

        assertThat(decide(false).json().path("status").asInt()).isEqualTo(4);
    }

    @Test
    void anotherResultComesTooLate() {
        decide(true);

        assertThat(decide(false).status()).isEqualTo(409);
    }

    // acceptance case 67
    @Test
    void aRestartRaisesTheRevisionAndKeepsTheFormerOne() {
        decide(false);

        assertThat(restart("build", build.id()).json().path("revision").asInt()).isEqualTo(2);

        assertThat(tests(task, "1").get(0).path("status").asInt()).isEqualTo(4);
        assertThat(tests(task, "latest").get(0).path("revision").asInt()).isEqualTo(2);
        assertThat(tests(task, "latest").get(0).path("status").asInt()).isOne();
    }

    @Test
    void theTestsOfOneTaskAreRestarted() {
        decide(true);

        assertThat(restart("build_task", task).status()).isEqualTo(200);

        assertThat(tests(task, "2")).hasSize(1);
    }

    @Test
    void testsUnderWayAreNotRestarted() {
        assertThat(restart("build", build.id()).status()).isEqualTo(409);
    }

    // acceptance case 68
    @Test
    void cancelledTestingEndsWhatWaits() {
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        assertThat(tests(task, "latest").get(0).path("status").asInt()).isEqualTo(5);
    }

    // acceptance case 68
    @Test
    void aBuildWithoutTestingGetsNone() {
        Map<String, Object> request =
                new HashMap<>(Farm.request(build.tasks().get(0).platform().name(), "buoy"));
        request.put("cancel_testing", true);
        Build untested = farm.build(companion.admin(), request);
        while (farm.get(untested.id()).finishedAt() == null) {
            worker.succeed(worker.claim(List.of("build")), "buoy");
        }

        assertThat(farm.get(untested.id()).testTasks()).isEmpty();
        assertThat(tests(binary(untested), "latest")).isEmpty();
    }

    // acceptance case 71
    @Test
    void aTestWhoseRunnerIsSilentIsHandedOutAgainAndThenGivenUp() {
        for (int attempt = 0; attempt < 3; attempt++) {
            worker.claim(List.of("test"));
            companion.clock().advance(Duration.ofMinutes(5));
            farm.run("tasks.reap");
        }

        assertThat(tests(task, "latest").get(0).path("status").asInt()).isEqualTo(4);
    }

    // acceptance case 69
    @Test
    void aTestSeesTheRepositoriesOfItsBuildItsLinkedBuildsAndItsPlatform() {
        farm.clear();
        String platform = build.tasks().get(0).platform().name();
        companion
                .admin()
                .put(
                        "/api/v1/platforms/",
                        Map.of(
                                "name",
                                platform,
                                "repos",
                                List.of(
                                        Map.of(
                                                "name",
                                                "base",
                                                "arch",
                                                "x86_64",
                                                "url",
                                                "https://mirror.slipway.example/",
                                                "type",
                                                "rpm"),
                                        Map.of(
                                                "name",
                                                "base",
                                                "arch",
                                                "aarch64",
                                                "url",
                                                "https://mirror.slipway.example/",
                                                "type",
                                                "rpm"))));
        Map<String, Object> request = new HashMap<>(Farm.request(platform, "buoy"));
        request.put("linked_builds", List.of(build.id()));
        Build linking = farm.build(companion.admin(), request);
        while (farm.get(linking.id()).finishedAt() == null) {
            worker.succeed(worker.claim(List.of("build")), "buoy");
        }

        TestWork work = Objects.requireNonNull(worker.claim(List.of("test")).test());

        assertThat(work.repositories())
                .extracting(WorkRepository::name)
                .containsExactlyInAnyOrder(
                        "build-" + build.id() + "-" + platform, "build-" + linking.id() + "-" + platform, "base");
    }

    // acceptance case 72
    @Test
    void nothingIsSignedBeforeItsTestsPassedWhereThePlatformAsksForThat() {
        buildWhereTestsAreRequired();
        Map<String, Object> request = signRequest();

        TestResponse early = sign(request);

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.problem()).isEqualTo("tests-missing");
        assertThat(early.json().path("detail").asText()).contains("missing: plumb-1.0-1.x86_64 (not ended)");
        decide(true);
        assertThat(sign(request).status()).isEqualTo(201);
    }

    // acceptance case 72
    @Test
    void whatDidNotPassIsSignedForAReasonThatTheAuditKeeps() {
        buildWhereTestsAreRequired();
        Map<String, Object> request = signRequest();
        decide(false);
        TestResponse refused = sign(request);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText()).contains("plumb-1.0-1.x86_64 (not passed)");

        request.put("without_tests", " ");
        assertThat(sign(request).status()).isEqualTo(422);
        request.put("without_tests", "the test host burnt down");
        TestResponse waived = sign(request);

        assertThat(waived.status()).as(waived.toString()).isEqualTo(201);
        assertThat(companion.value(
                        "select after_state->>'without_tests' from audit_event where object_kind = 'sign-task'"
                                + " and object_id = '"
                                + waived.json().path("id").asLong() + "'"))
                .isEqualTo("the test host burnt down");
    }

    private void buildWhereTestsAreRequired() {
        farm.clear();
        build = farm.built(worker, farm.platform("rpm", Map.of("tests_required", true), "x86_64"), "plumb");
        task = binary(build);
    }

    private Map<String, Object> signRequest() {
        return new HashMap<>(Map.of("build_id", build.id(), "sign_key_id", farm.signKey(SampleKeys.fresh())));
    }

    private static TestResponse sign(Map<String, Object> request) {
        return companion.admin().post("/api/v1/sign-tasks/", request);
    }

    @Test
    void whatIsNotThereIsNotKnown() {
        assertThat(companion.admin().get("/api/v1/tests/4711/latest").status()).isEqualTo(404);
        assertThat(restart("build", 4711).status()).isEqualTo(404);
        assertThat(restart("build_task", 4711).status()).isEqualTo(404);
        assertThat(companion
                        .admin()
                        .post("/api/v1/tests/4711/result/", Map.of("api_version", "1.0", "result", Map.of()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aResultWithoutItsMembersIsRefused() {
        assertThat(companion
                        .admin()
                        .post("/api/v1/tests/1/result/", Map.of("result", Map.of()))
                        .status())
                .isEqualTo(400);
    }
}
