package dev.slipway.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.identity.Role;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.api.tasks.Task;
import dev.slipway.client.LogPiece;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.ApiException;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.worker.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WorkerTest {
    @RegisterExtension
    static final CompanionExtension COMPANION = new CompanionExtension();

    @TempDir
    private Path home;

    private final CountDownLatch claiming = new CountDownLatch(1);

    private static SlipwayClient client(List<String> scopes, String user) {
        return client(scopes, user, new OkHttpClient.Builder());
    }

    private static SlipwayClient client(List<String> scopes, String user, OkHttpClient.Builder http) {
        String token = String.valueOf(COMPANION.token(user, scopes).token());
        return new SlipwayClient(new Api(
                Api.defaults(http).build(),
                COMPANION.url().toString(),
                TokenSource.fixed(token),
                RetryPolicy.standard(),
                Pause.sleeping()));
    }

    private static SlipwayClient admin() {
        return client(List.copyOf(Role.ADMIN.scopes()), "harbourmaster");
    }

    @BeforeAll
    static void platform() throws IOException {
        admin().platforms()
                .create(new PlatformRequest(
                        "demo9",
                        "rpm",
                        "demo",
                        "9",
                        "demo",
                        List.of("x86_64"),
                        List.of(),
                        Map.of("root", Map.of("type", "host"), "timeout", 600),
                        null,
                        null));
    }

    private Worker worker(Engine engine, boolean untilIdle) {
        return new Worker(
                new WorkerConfig(
                        "w-" + UUID.randomUUID(),
                        Set.of("build", "test"),
                        List.of("x86_64", "src"),
                        List.of(),
                        1,
                        home,
                        untilIdle,
                        "1.0"),
                client(List.copyOf(Role.WORKER.scopes()), "worker", new OkHttpClient.Builder().addInterceptor(chain -> {
                            if (chain.request().url().encodedPath().endsWith("/claim")) {
                                claiming.countDown();
                            }
                            return chain.proceed(chain.request());
                        })),
                engine);
    }

    private static Build build() throws IOException {
        return admin().builds()
                .create(
                        new BuildRequest(
                                List.of(new BuildRequest.PlatformChoice("demo9", null, null, null)),
                                List.of(new BuildRequest.SourceRequest(
                                        "https://git.example/buoy.git", "v1", null, null, null, null, null, null)),
                                null,
                                null,
                                null,
                                null,
                                null),
                        UUID.randomUUID().toString());
    }

    private static BuildTask binary(Build build) {
        return build.tasks().stream()
                .filter(t -> t.arch().equals("x86_64"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void doesABuildFromSourceToTestAndEndsWhenIdle() throws Exception {
        Build asked = build();
        ScriptedEngine engine = new ScriptedEngine();
        try (Worker worker = worker(engine, true)) {
            assertThat(worker.run()).isEqualTo(3);
        }
        Build build = admin().builds().get(asked.id());
        assertThat(BuildProgress.succeeded(build)).isTrue();
        assertThat(BuildProgress.tested(build)).isTrue();
        assertThat(engine.builds)
                .singleElement()
                .satisfies(job -> assertThat(job.sources()).hasSize(1));
        assertThat(binary(build).artifacts())
                .anySatisfy(a -> assertThat(a.packageId()).isNotNull());
    }

    @Test
    void sendsTheWholeLogAndWhatStoodInTheRoot() throws Exception {
        Build asked = build();
        try (Worker worker = worker(new ScriptedEngine(), true)) {
            worker.run();
        }
        long task = binary(asked).id();
        LogPiece log = admin().tasks().log(task, 0, 10_000);
        assertThat(new String(log.bytes(), StandardCharsets.UTF_8)).contains("building with 1 source files\n");
        assertThat(log.complete()).isTrue();
    }

    // acceptance case 39
    @Test
    void reportsAFailureWithItsReason() throws Exception {
        Build asked = build();
        try (Worker worker = worker(new ScriptedEngine().failing("%check failed"), true)) {
            worker.run();
        }
        Task task = admin().tasks().get(binary(asked).id());
        assertThat(task.state()).isEqualTo("failed");
        assertThat(task.error()).contains("%check failed");
    }

    @Test
    void isNotBlamedForWhatFailsBecauseItIsBeingEnded() throws Exception {
        Build asked = build();
        CountDownLatch programsEnded = new CountDownLatch(1);
        ScriptedEngine engine = new ScriptedEngine().until(programsEnded).failing("killed by signal 15");
        Worker worker = worker(engine, false);
        CompletableFuture<Void> running = run(worker);
        assertThat(engine.started.await(1, TimeUnit.MINUTES)).isTrue();
        programsEnded.countDown();
        worker.close();
        running.join();
        assertThat(admin().tasks().get(binary(asked).id()).state()).isIn("running", "ready");
        admin().builds().cancel(asked.id());
    }

    @Test
    void givesUpAtItsEndWhatItWasDoing() throws Exception {
        Build asked = build();
        ScriptedEngine engine = new ScriptedEngine().endless();
        Worker worker = worker(engine, false);
        CompletableFuture<Void> running = run(worker);
        assertThat(engine.started.await(1, TimeUnit.MINUTES)).isTrue();

        worker.close();

        running.get(10, TimeUnit.SECONDS);
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(
                                binary(admin().builds().get(asked.id())).state())
                        .isEqualTo("ready"));
        admin().builds().cancel(asked.id());
    }

    @Test
    void anIdleOneEndsAtOnceAndGetsNoTaskAfterwards() throws Exception {
        Worker worker = worker(new ScriptedEngine(), false);
        CompletableFuture<Void> running = run(worker);
        assertThat(claiming.await(1, TimeUnit.MINUTES)).isTrue();

        worker.close();

        running.get(5, TimeUnit.SECONDS);
        Build asked = build();
        try (Worker other = worker(new ScriptedEngine(), true)) {
            assertThat(other.run()).isEqualTo(3);
        }
        assertThat(admin().builds().get(asked.id()).state()).isEqualTo("succeeded");
    }

    @Test
    void leavesNothingBehindOnItsDisk() throws Exception {
        build();
        try (Worker worker = worker(new ScriptedEngine(), true)) {
            worker.run();
        }
        assertThat(home.resolve("tasks")).isEmptyDirectory();
    }

    // acceptance case 26
    @Test
    void stopsARunningBuildThatIsCancelled() throws Exception {
        Build asked = build();
        ScriptedEngine engine = new ScriptedEngine().endless();
        try (Worker worker = worker(engine, false)) {
            CompletableFuture<Void> running = run(worker);
            assertThat(engine.started.await(1, TimeUnit.MINUTES)).isTrue();
            admin().builds().cancel(asked.id());
            await().atMost(1, TimeUnit.MINUTES)
                    .untilAsserted(() -> assertThat(
                                    binary(admin().builds().get(asked.id())).state())
                            .isEqualTo("cancelled"));
            worker.close();
            running.join();
        }
    }

    @Test
    void endsWithTheReasonWhenItsTokenMayNotClaim() {
        Worker worker = new Worker(
                new WorkerConfig("w-no", Set.of("build"), List.of("x86_64"), List.of(), 1, home, true, "1.0"),
                client(List.of("builds:read"), "stranger"),
                new ScriptedEngine());
        assertThatThrownBy(worker::run)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(403));
    }

    private static CompletableFuture<Void> run(Worker worker) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        worker.run();
                        done.complete(null);
                    } catch (IOException | InterruptedException e) {
                        done.completeExceptionally(e);
                    }
                })
                .start();
        return done;
    }
}
