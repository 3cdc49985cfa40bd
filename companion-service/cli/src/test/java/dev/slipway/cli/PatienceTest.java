package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A command that waits goes on waiting while the companion has no database. */
@Tag("slow")
class PatienceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CompanionExtension companion = CompanionExtension.withItsOwnPostgres();

    private final Farm farm = new Farm(companion);
    private final Cli cli = Cli.admin(companion);

    @Test
    void aBuildThatIsWaitedForOutlastsAnOutage() throws Exception {
        String name = Farm.unique("tide");
        String platform = farm.platform("rpm", "x86_64");
        TestWorker worker = farm.worker("src", "x86_64");
        CompletableFuture<Cli.Ran> running =
                cli.start("build", "--platform", platform, "https://git.example/" + name + ".git");
        ClaimedTask task = await().atMost(PATIENCE).until(() -> worker.claim(5), claimed -> claimed != null);

        companion.stopPostgres();
        // longer than a single call is repeated for
        await().pollDelay(Duration.ofSeconds(25))
                .atMost(PATIENCE)
                .until(() -> companion.admin().get("/api/v1/users/").status() == 503);
        assertThat(running).isNotDone();
        companion.startPostgres();
        await().atMost(PATIENCE)
                .until(() -> companion.admin().get("/api/v1/users/").status() == 200);
        worker.report(task, "failed", "the weather", List.of(), List.of());

        Cli.Ran ran = running.get();
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
        assertThat(ran.err()).contains("trying on", "the companion answers again", "the weather");
    }
}
