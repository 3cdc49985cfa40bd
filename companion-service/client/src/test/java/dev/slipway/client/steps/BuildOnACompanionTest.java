package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BuildOnACompanionTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private String platform = "";
    private TestWorker worker;
    private StepRun run;

    @BeforeEach
    void start() {
        farm.clear();
        platform = farm.platform("rpm", "x86_64");
        worker = farm.worker("x86_64", "src");
        run = new StepRun(this::work, Companions.client(companion));
    }

    private RemoteWork work() {
        return new BuildArguments(
                        List.of(platform),
                        List.of(new BuildArguments.Source(
                                "https://git.slipway.example/wordfreq.git", "main", null, false, 0)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        true,
                        0,
                        null,
                        null)
                .work();
    }

    @Test
    void followsABuildToItsEnd() {
        run.round();
        ClaimedTask source = worker.claim();
        worker.log(source, 0, "making the source package\n");
        run.round();
        worker.succeed(source, "wordfreq");
        worker.succeed(worker.claim(), "wordfreq");
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(end.result().toString()).contains("wordfreq-1.0-1.x86_64.rpm");
        assertThat(run.host.lines)
                .contains(
                        "[wordfreq " + platform + "/src] making the source package",
                        "wordfreq for " + platform + "/x86_64: succeeded");
    }

    @Test
    void aCompanionStartsOneBuildForOneStep() {
        run.round();
        Long first = new Memory(run.host.saved).id();
        run.host.saved = Map.of("key", new Memory(run.host.saved).key());
        run.restart();
        run.round();
        assertThat(new Memory(run.host.saved).id()).isEqualTo(first);
    }

    @Test
    void aBuildThatEndedMeanwhileIsFoundEnded() {
        run.round();
        worker.succeed(worker.claim(), "wordfreq");
        worker.report(worker.claim(), "failed");
        run.restart();
        assertThat(run.end().message()).contains("failed");
    }

    @Test
    void cancelsWaitingAndRunningTasks() throws IOException {
        run.round();
        ClaimedTask source = worker.claim();
        assertThat(run.cancel()).isFalse();
        assertThat(worker.ping(source).stop()).hasSize(1);
        worker.report(source, "error");
        assertThat(run.cancel()).isTrue();
        assertThat(farm.states(Objects.requireNonNull(new Memory(run.host.saved).id())))
                .allMatch(state -> state.endsWith("cancelled"));
    }

    @Test
    void getsANewTokenInSilenceWhenTheOldOneEndsDuringAWait() throws IOException {
        AtomicInteger minted = new AtomicInteger();
        run = new StepRun(this::work, Companions.minting(companion, minted));
        run.round();
        companion.clock().advance(Duration.ofMinutes(16));
        run.round();
        companion.clock().advance(Duration.ofMinutes(16));
        worker.succeed(worker.claim(), "wordfreq");
        worker.succeed(worker.claim(), "wordfreq");
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(minted).hasValue(3);
        assertThat(run.host.lines).noneMatch(line -> line.contains("answer") || line.contains("token"));
    }

    @Test
    void saysWhatTheCompanionSaysOfABadRequest() {
        platform = "no-such-platform";
        run.restart();
        assertThat(run.end().message()).contains("no-such-platform");
    }
}
