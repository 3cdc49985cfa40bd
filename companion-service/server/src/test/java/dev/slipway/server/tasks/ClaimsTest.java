package dev.slipway.server.tasks;

import static dev.slipway.server.testing.TestWorker.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.LeaveRequest;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClaimsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);

    @BeforeEach
    void clear() {
        farm.clear();
    }

    @Test
    void tellsAWorkerAllThatItNeedsToMakeASourcePackage() {
        String platform = farm.platform("rpm", Map.of("macros", Map.of("dist", ".demo9")), "x86_64", "aarch64");
        Build build = farm.build(platform, "tidewords");

        ClaimedTask task = farm.worker("aarch64", "src").claim();

        assertThat(task.kind()).isEqualTo("build");
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(task.lease().expiresAt())
                .isEqualTo(companion.clock().instant().plusSeconds(60));
        assertThat(work(task).buildId()).isEqualTo(build.id());
        assertThat(work(task).step()).isEqualTo("source");
        assertThat(work(task).source().url()).isEqualTo("https://git.slipway.example/tidewords.git");
        assertThat(work(task).source().gitRef()).isEqualTo("main");
        assertThat(work(task).platform().data()).containsEntry("macros", Map.of("dist", ".demo9"));
        // made in the root of an architecture that the worker has
        assertThat(work(task).arch()).isEqualTo("aarch64");
        assertThat(work(task).createdBy().name()).isEqualTo("admin");
    }

    // acceptance case 31
    @Test
    void answersNullAndWhenToAskAgain() {
        TestWorker worker = farm.worker("ppc64le");

        TestResponse answer =
                worker.api().post("/api/v1/tasks/claim", new ClaimRequest(worker.name(), null, null, null, 0));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("null");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    @Test
    void endsTheWaitOfATokenThatIsRevoked() {
        TestWorker worker = farm.worker("ppc64le");
        companion.clock().advance(Duration.ofMinutes(1));
        CompletableFuture<TestResponse> waiting = CompletableFuture.supplyAsync(
                () -> worker.api().post("/api/v1/tasks/claim", new ClaimRequest(worker.name(), null, null, null, 60)));
        Instant now = companion.clock().instant();
        await().until(() -> companion
                .value("select last_seen_at = '" + now + "' from worker where name = '" + worker.name() + "'")
                .equals("t"));

        String token = companion.value("select t.id from api_token t join app_user u on u.id = t.user_id"
                + " where u.username = '" + worker.name() + "'");
        companion.admin().delete("/api/v1/tokens/" + token);

        TestResponse answer = waiting.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    // acceptance case 30
    @Test
    void givesAnotherTaskToWhoeverAsksNext() {
        farm.build(farm.platform("rpm", "x86_64"), "one", "two", "three");
        TestWorker first = farm.worker("src");

        Set<Long> ids = Set.of(
                first.claim().id(),
                first.claim().id(),
                farm.worker("src").claim().id());

        assertThat(ids).hasSize(3);
        assertThat(first.tryClaim()).isNull();
    }

    // acceptance case 33
    @Test
    void workForAnArchitectureThatNobodyOffersWaitsForOneWhoDoes() {
        farm.build(farm.platform("deb", "riscv64"), "tidewords");
        TestWorker source = farm.worker("src");
        source.succeed(source.claim(), "tidewords");

        assertThat(farm.worker("amd64", "x86_64", "src").tryClaim()).isNull();
        assertThat(farm.worker("riscv64").claim().arch()).isEqualTo("riscv64");
    }

    // acceptance case 34
    @Test
    void fiftyClaimersNeverGetTheSameTask() throws Exception {
        int tasks = 200;
        String[] sources = IntStream.range(0, tasks).mapToObj(i -> "s" + i).toArray(String[]::new);
        Map<String, Object> request = new HashMap<>(Farm.request(farm.platform("rpm", "x86_64"), sources));
        request.put("mode", "independent");
        farm.build(companion.admin(), request);
        TestWorker worker = farm.worker("src", "x86_64");
        ExecutorService claimers = Executors.newFixedThreadPool(50);
        try {
            List<Future<List<Long>>> claimed = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                claimed.add(claimers.submit(() -> claimAll(worker)));
            }
            List<Long> ids = new ArrayList<>();
            for (Future<List<Long>> each : claimed) {
                ids.addAll(each.get());
            }
            assertThat(ids).doesNotHaveDuplicates();
            // a claimer that gave up may have met tasks that another one held for a moment
            while (ids.size() < tasks) {
                ids.add(worker.claim().id());
            }
            assertThat(new HashSet<>(ids)).hasSize(tasks);
            assertThat(worker.tryClaim()).isNull();
        } finally {
            claimers.shutdownNow();
        }
    }

    private static List<Long> claimAll(TestWorker worker) {
        List<Long> ids = new ArrayList<>();
        for (ClaimedTask task = worker.tryClaim(); task != null; task = worker.tryClaim()) {
            ids.add(task.id());
        }
        return ids;
    }

    @Test
    void aWaitOfAWorkerThatLeavesIsOver() throws Exception {
        TestWorker worker = farm.worker("src", "x86_64");
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            Future<ClaimedTask> claimed = waiting.submit(() -> worker.claim(60));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        assertThat(worker.api()
                                        .post("/api/v1/tasks/leave", new LeaveRequest(worker.name(), List.of()))
                                        .status())
                                .isEqualTo(204);
                        return claimed.isDone();
                    });

            assertThat(claimed.get()).isNull();
        } finally {
            waiting.shutdownNow();
        }
    }

    @Test
    void aWaitingWorkerGetsANewTaskAtOnce() throws Exception {
        String platform = farm.platform("rpm", "x86_64");
        TestWorker worker = farm.worker("src", "x86_64");
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            Future<ClaimedTask> claimed = waiting.submit(() -> worker.claim(60));
            String name = Farm.unique("source");
            Instant before = Instant.now();
            farm.build(platform, name);

            assertThat(work(claimed.get()).source().url()).contains(name);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(30));
        } finally {
            waiting.shutdownNow();
        }
    }

    @Test
    void ownersTakeTurnsHoweverMuchTheyAskFor() {
        String platform = farm.platform("rpm", "x86_64");
        String eager = Farm.unique("eager");
        String modest = Farm.unique("modest");
        farm.build(companion.as(eager, Role.BUILDER), Farm.request(platform, "a1", "a2", "a3", "a4"));
        farm.build(companion.as(modest, Role.BUILDER), Farm.request(platform, "b1", "b2"));
        TestWorker worker = farm.worker("src");

        List<String> owners = IntStream.range(0, 6)
                .mapToObj(i -> work(worker.claim()).createdBy().name())
                .toList();

        assertThat(owners).containsExactly(eager, modest, eager, modest, eager, eager);
    }

    @Test
    void higherPriorityGoesFirst() {
        String platform = farm.platform("rpm", "x86_64");
        farm.build(platform, "ordinary");
        Map<String, Object> urgent = new HashMap<>(Farm.request(platform, "urgent"));
        urgent.put("priority", 10);
        farm.build(companion.admin(), urgent);

        assertThat(work(farm.worker("src").claim()).source().url()).contains("urgent");
    }

    @Test
    void aDrainingWorkerGetsNothingUntilItIsResumed() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        String id = companion.value("select id from worker where name = '" + worker.name() + "'");
        companion.admin().patch("/api/v1/workers/" + id, Map.of("draining", true));
        assertThat(worker.tryClaim()).isNull();

        companion.admin().patch("/api/v1/workers/" + id, Map.of("draining", false));

        assertThat(worker.tryClaim()).isNotNull();
    }

    @Test
    void anUnknownWorkerIsToldToRegister() {
        TestResponse answer = companion
                .as(Farm.unique("stranger"), Role.WORKER)
                .post("/api/v1/tasks/claim", new ClaimRequest("nobody", null, null, null, null));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("/api/v1/workers/");
    }

    @Test
    void aWorkersNameBelongsToItsFirstUser() {
        TestWorker worker = farm.worker("src");

        TestResponse answer = companion
                .as(Farm.unique("thief"), Role.WORKER)
                .post(
                        "/api/v1/workers/",
                        Map.of("name", worker.name(), "kinds", List.of("build"), "arches", List.of("src")));

        assertThat(answer.status()).isEqualTo(409);
    }

    @Test
    void refusesWhatNoTaskCanEverNeed() {
        TestWorker worker = farm.worker("src");

        TestResponse answer = worker.api()
                .post(
                        "/api/v1/tasks/claim",
                        new ClaimRequest(worker.name(), List.of("brew"), List.of("x 86"), List.of("12"), 0));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .containsExactly("/kinds", "/arches", "/key_ids");
    }
}
