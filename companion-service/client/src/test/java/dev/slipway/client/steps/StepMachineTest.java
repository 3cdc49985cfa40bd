package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.steps.FakeTransport.Answer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepMachineTest {
    private final FakeTransport companion = new FakeTransport()
            .on("GET /api/v1/thing", a -> Answer.ok(Map.of()))
            .on("POST /api/v1/thing", a -> Answer.ok(Map.of()));
    private int looksUntilEnd = 3;
    private final List<String> keys = new ArrayList<>();
    private final StepRun run = new StepRun(Thing::new, companion.client());

    private final class Thing implements RemoteWork {
        @Override
        public String title() {
            return "Doing the thing";
        }

        @Override
        public String waitingFor(Memory memory) {
            return "thing " + memory.id();
        }

        @Override
        public void start(SlipwayClient client, StepSession session) throws IOException {
            keys.add(session.memory().key());
            client.api().request("POST", "thing").send();
            session.memory().id(7);
        }

        @Override
        public @Nullable Outcome look(SlipwayClient client, StepSession session) throws IOException {
            client.api().request("GET", "thing").send();
            return --looksUntilEnd > 0 ? null : Outcome.succeeded("done", Map.of("id", 7L));
        }

        @Override
        public boolean cancel(SlipwayClient client, StepSession session) throws IOException {
            client.api().request("POST", "thing").send();
            return true;
        }
    }

    @Test
    void asksOnceAndLooksUntilTheEnd() {
        assertThat(run.end().result()).containsEntry("id", 7L);
        assertThat(companion.lines())
                .containsExactly("POST /api/v1/thing", "GET /api/v1/thing", "GET /api/v1/thing", "GET /api/v1/thing");
    }

    @Test
    void savesTheKeyBeforeTheFirstCall() {
        companion.on("POST /api/v1/thing", a -> {
            assertThat(run.host.saved).containsKey("key");
            return Answer.ok(Map.of());
        });
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
    }

    @Test
    void sendsNothingWhenTheKeyCannotBeSaved() {
        run.host.refuseToSave = new IOException("disk full");
        assertThat(run.end().message()).contains("disk full");
        assertThat(companion.asked).isEmpty();
    }

    @Test
    void waitsWhenSavingTakesTooLong() {
        run.host.refuseToSave = new InterruptedIOException("busy");
        assertThat(run.round().outcome()).isNull();
        run.host.refuseToSave = null;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
    }

    @Test
    void asksAgainWithTheSameKeyWhenTheAnswerWasLost() {
        companion.loseNextAnswer = true;
        run.round();
        run.restart();
        run.end();
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).isNotEmpty().isEqualTo(keys.get(1));
    }

    @Test
    void goesOnAfterARestartWithoutAskingAgain() {
        run.round();
        run.restart();
        assertThat(run.waitingFor()).isEqualTo("thing 7");
        run.end();
        assertThat(keys).hasSize(1);
    }

    @Test
    void saysOnceThatTheCompanionIsAwayAndOnceThatItIsBack() {
        run.round();
        companion.away = true;
        for (int i = 0; i < 5; i++) {
            run.round();
        }
        companion.away = false;
        run.end();
        assertThat(run.host.lines).hasSize(2);
        assertThat(run.host.lines.get(0)).startsWith("No answer, trying again for 10 minutes: ");
        assertThat(run.host.lines.get(1)).startsWith("The companion answers again, after ");
    }

    @Test
    void givesUpAfterItsPatienceAndNotEarlier() {
        companion.away = true;
        Instant began = run.clock.instant();
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).startsWith("no answer for 10 minutes: ");
        assertThat(Duration.between(began, run.clock.instant()))
                .isBetween(StepRun.PATIENCE, StepRun.PATIENCE.plusSeconds(2));
    }

    @Test
    void isPatientAnewAfterARestart() {
        run.round();
        companion.away = true;
        run.round();
        run.clock.pass(StepRun.PATIENCE);
        run.restart();
        assertThat(run.round().outcome()).isNull();
    }

    @Test
    void asksLessAndLessOftenWhileTheCompanionIsAway() {
        companion.away = true;
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(run.round().delay());
        }
        assertThat(pauses.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(pauses.get(8)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void looksLessAndLessOftenWhileNothingHappens() {
        looksUntilEnd = 20;
        Duration last = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            last = run.round().delay();
        }
        assertThat(last).isBetween(Duration.ofMillis(11_250), Duration.ofSeconds(15));
    }

    @Test
    void looksAtNoFixedBeatSoThatManyStepsDoNotComeAtOnce() {
        looksUntilEnd = 40;
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            pauses.add(run.round().delay());
        }
        assertThat(Set.copyOf(pauses.subList(10, 30))).hasSizeGreaterThan(15);
    }

    @Test
    void waitsOutAnOverloadedCompanion() {
        companion.on("GET /api/v1/thing", a -> looksUntilEnd-- > 1 ? Answer.problem(503, "busy") : Answer.ok(Map.of()));
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(run.host.lines).anyMatch(line -> line.endsWith("busy"));
    }

    private Duration pauseAfter(int status, String retryAfter) {
        companion.on(
                "GET /api/v1/thing",
                a -> new Answer(status, Map.of("detail", "busy"), Map.of("Retry-After", retryAfter)));
        return run.round().delay();
    }

    @Test
    void comesBackNoEarlierThanTheCompanionAsks() {
        assertThat(pauseAfter(503, "60")).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
        assertThat(pauseAfter(429, "90")).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(113));
    }

    @Test
    void waitsNoLongerThanFiveMinutesNorPastItsPatienceWhateverTheCompanionAsks() {
        assertThat(pauseAfter(503, "86400")).isEqualTo(Duration.ofMinutes(5));
        run.clock.pass(Duration.ofMinutes(4));
        assertThat(pauseAfter(503, "86400")).isEqualTo(Duration.ofMinutes(1));
        assertThat(run.round().outcome()).isNotNull();
    }

    @Test
    void saysOnceThatACompanionFailsThoughEachFailureHasAnIdOfItsOwn() {
        run.round();
        companion.on(
                "GET /api/v1/thing",
                a -> new Answer(
                        500,
                        Map.of("detail", "the service failed"),
                        Map.of("Slipway-Trace", "trace-" + companion.asked.size())));
        Outcome end = run.end();
        assertThat(run.host.lines).containsExactly("No answer, trying again for 10 minutes: the service failed");
        assertThat(end.message())
                .isEqualTo("no answer for 10 minutes: the service failed (trace trace-" + companion.asked.size() + ")");
    }

    @Test
    void failsAtOnceWhenTheCompanionSaysNo() {
        companion.on("POST /api/v1/thing", a -> Answer.problem(422, "there is no platform el99"));
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).contains("there is no platform el99");
        assertThat(companion.asked).hasSize(1);
    }

    @Test
    void triesARefusedTokenOnceMore() {
        companion.on(
                "POST /api/v1/thing",
                a -> companion.asked.size() == 1 ? Answer.problem(401, "expired") : Answer.ok(Map.of()));
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(run.host.lines).isEmpty();
    }

    @Test
    void failsWhenTheTokenIsRefusedAgain() {
        companion.on("POST /api/v1/thing", a -> Answer.problem(401, "unknown token"));
        assertThat(run.end().message()).contains("unknown token");
        assertThat(companion.asked).hasSize(2);
    }

    @Test
    void failsAtOnceWhenThereIsNoWayToConnect() {
        StepRun lost = new StepRun(Thing::new, () -> {
            throw new StepFailedException("no credentials");
        });
        assertThat(lost.end().message()).isEqualTo("no credentials");
    }

    @Test
    void cancelsNothingThatWasNeverAskedFor() throws IOException {
        assertThat(run.cancel()).isTrue();
        assertThat(companion.asked).isEmpty();
    }

    @Test
    void findsOutWhatBecameOfALostRequestBeforeItCancels() throws IOException {
        companion.loseNextAnswer = true;
        run.round();
        assertThat(run.cancel()).isTrue();
        assertThat(keys).hasSize(2).containsOnly(keys.get(0));
    }
}
