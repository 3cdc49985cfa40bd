package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestApi;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL goes away and comes back while a companion serves. */
@Tag("slow")
final class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CompanionExtension companion = CompanionExtension.withItsOwnPostgres();

    private final Farm farm = new Farm(companion);
    private final TestApi admin = companion.admin();

    @BeforeEach
    void clear() {
        farm.clear();
    }

    @AfterEach
    void comeBack() {
        companion.startPostgres();
        awaitStatus("/api/v1/users/", 200);
    }

    private void awaitStatus(String path, int status) {
        await().atMost(PATIENCE).until(() -> admin.get(path).status(), seen -> seen == status);
    }

    private void goAway() {
        companion.stopPostgres();
        awaitStatus("/api/v1/users/", 503);
    }

    @Test
    void everyRequestIsToldAtOnceWhenToComeAgain() {
        goAway();

        long began = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            TestResponse refused = admin.get("/api/v1/platforms/");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("unavailable");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(refused.json().path("retryable").asBoolean()).isTrue();
        }

        // waiting for a connection each time would take a hundred seconds
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void clientsOfRepositoriesAreToldToComeAgain() {
        goAway();

        TestResponse refused = companion.anonymous().get("/repos/some/channel/repodata/repomd.xml");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    void theStatusSaysThatTheDatabaseIsAway() {
        goAway();

        TestResponse status = companion.anonymous().get("/status");

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.json().path("database").asText()).isEqualTo("unavailable");
    }

    @Test
    void aReportThatMetTheOutageCountsOnceWhenItComesAgain() {
        String name = Farm.unique("tide");
        Build build = farm.build(farm.platform("rpm", "x86_64"), name);
        TestWorker worker = farm.worker("src", "x86_64");
        ClaimedTask task = worker.claim();
        ReportedArtifact[] results = worker.results(task, name).toArray(ReportedArtifact[]::new);
        goAway();

        assertThat(worker.report(task, "succeeded", results).status()).isEqualTo(503);
        companion.startPostgres();
        await().atMost(PATIENCE)
                .until(() -> worker.report(task, "succeeded", results).status(), status -> status == 200);

        assertThat(farm.states(build.id())).containsExactly("0 src succeeded", "0 x86_64 ready");
        assertThat(farm.get(build.id()).tasks().get(0).artifacts()).hasSize(1);
    }

    @Test
    void aWorkerThatWaitsForWorkGetsItAfterwards() {
        TestWorker worker = farm.worker("src", "x86_64");
        goAway();
        companion.startPostgres();
        awaitStatus("/api/v1/users/", 200);

        Build build = farm.build(farm.platform("rpm", "x86_64"), Farm.unique("tide"));

        assertThat(TestWorker.work(worker.claim(20)).buildId()).isEqualTo(build.id());
    }

    @Test
    void backgroundWorkGoesOnByItself() {
        goAway();
        companion.startPostgres();
        awaitStatus("/api/v1/users/", 200);
        String name = Farm.unique("hosted");

        TestResponse made = admin.post(
                "/api/v1/repositories/", Map.of("name", name, "arch", "x86_64", "type", "rpm", "channel", name));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        awaitStatus("/repos/" + name + "/repodata/repomd.xml", 200);
    }

    @Test
    void nothingOfARequestThatFailedIsLeftBehind() {
        goAway();
        String platform = Farm.unique("rpm");

        TestResponse refused = admin.post(
                "/api/v1/platforms/",
                Map.of(
                        "name",
                        platform,
                        "type",
                        "rpm",
                        "distr_type",
                        "demo",
                        "distr_version",
                        "9",
                        "test_dist_name",
                        "demo",
                        "arch_list",
                        List.of("x86_64"),
                        "data",
                        Map.of()));
        companion.startPostgres();
        awaitStatus("/api/v1/users/", 200);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(admin.get("/api/v1/platforms/").text()).doesNotContain(platform);
    }
}
