package dev.slipway.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.follow.BuildProgress;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose companion has no database for a while. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final CompanionExtension companion = CompanionExtension.withItsOwnPostgres();

    @TempDir
    private Path home;

    private static int status() {
        return companion.admin().get("/api/v1/users/").status();
    }

    @Test
    void aBuildThatEndedInTheOutageIsReportedAfterwardsAndOnce() throws Exception {
        Farm farm = new Farm(companion);
        Build asked = farm.build(
                farm.platform("rpm", Map.of("tests", "none", "root", Map.of("type", "host")), "x86_64"), "buoy");
        String token = String.valueOf(
                companion.token("worker", List.copyOf(Role.WORKER.scopes())).token());
        SlipwayClient client = new SlipwayClient(new Api(
                Api.defaults(new OkHttpClient.Builder()).build(),
                companion.url().toString(),
                TokenSource.fixed(token),
                RetryPolicy.standard(),
                Pause.sleeping()));
        WorkerConfig config =
                new WorkerConfig("w", Set.of("build"), List.of("x86_64", "src"), List.of(), 1, home, false, "1.0");
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedEngine engine = new ScriptedEngine().until(gate);

        try (Worker worker = new Worker(config, client, engine)) {
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> run(worker));
            assertThat(engine.started.await(1, TimeUnit.MINUTES)).isTrue();
            companion.stopPostgres();
            await().atMost(PATIENCE).until(() -> status() == 503);
            gate.countDown();
            await().pollDelay(Duration.ofSeconds(5)).until(() -> status() == 503);
            companion.startPostgres();

            await().atMost(PATIENCE)
                    .until(() -> status() == 200 && farm.get(asked.id()).finishedAt() != null);
            worker.close();
            running.join();
        }

        Build build = farm.get(asked.id());
        assertThat(BuildProgress.succeeded(build)).isTrue();
        assertThat(build.tasks())
                .allSatisfy(task -> assertThat(task.artifacts())
                        .filteredOn(artifact -> artifact.packageId() != null)
                        .hasSize(1));
        assertThat(engine.builds).hasSize(1);
    }

    private static void run(Worker worker) {
        try {
            worker.run();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
