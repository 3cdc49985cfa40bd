package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.client.steps.FakeTransport.Answer;
import dev.slipway.client.steps.FakeTransport.Asked;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteSigningTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String ASK = "POST /api/v1/sign-tasks/";
    private static final SignKey RELEASE = key(3, "release", "AB12CD34EF56AB78", null);
    private static final SignKey OLD = key(4, "old", "0000111122223333", "it expired at 2026-10-01T00:00:00Z");
    private static final SignKey NIGHTLY = key(5, "nightly", "9999888877776666", null);

    private enum Status {
        IDLE(1),
        IN_PROGRESS(2),
        COMPLETED(3),
        FAILED(4);

        private final int number;

        Status(int number) {
            this.number = number;
        }
    }

    private Status status = Status.IDLE;
    private @Nullable String error;
    private List<SignKey> keys = List.of(OLD, RELEASE);
    private @Nullable String wanted;
    private final FakeTransport companion = new FakeTransport()
            .on("GET /api/v1/sign-keys/", a -> Answer.ok(keys))
            .on(ASK, a -> Answer.ok(task()))
            .on("GET /api/v1/sign-tasks/41/", a -> Answer.ok(task()))
            .on("GET /api/v1/builds/812/", a -> Answer.ok(build()));
    private final StepRun run = new StepRun(() -> new SignArguments(812, wanted).work(), companion.client());

    private static SignKey key(long id, String name, String keyid, @Nullable String inactive) {
        return new SignKey(
                id,
                name,
                "",
                keyid,
                "F".repeat(24) + keyid,
                "/keys/" + keyid + ".asc",
                NOW,
                null,
                inactive == null,
                inactive,
                null,
                null,
                List.of(),
                1);
    }

    private SignTask task() {
        boolean completed = status == Status.COMPLETED;
        return new SignTask(
                41,
                812L,
                null,
                "build",
                RELEASE,
                status.number,
                status.name().toLowerCase(Locale.ROOT),
                error,
                "/api/v1/tasks/41/log",
                6,
                completed ? 6 : 0,
                NOW,
                completed ? NOW : null);
    }

    private static Build build() {
        return new Build(
                812,
                NOW,
                NOW,
                "succeeded",
                "chained",
                0,
                List.of(),
                new Build.User(1, "ci", ""),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                true,
                false,
                false,
                null,
                0);
    }

    private List<Asked> asked() {
        return companion.asked.stream().filter(a -> a.line().equals(ASK)).toList();
    }

    private long keyAsked() throws IOException {
        return Json.mapper()
                .readValue(asked().get(0).body(), SignTaskRequest.class)
                .signKeyId();
    }

    @Test
    void waitsForTheSignaturesAndGivesThePipelineTheFingerprint() {
        run.round();
        status = Status.IN_PROGRESS;
        run.round();
        assertThat(run.waitingFor()).isEqualTo("waiting for signatures of build 812");
        status = Status.COMPLETED;
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(end.result())
                .containsEntry("id", 41L)
                .containsEntry("build", 812L)
                .containsEntry("keyid", RELEASE.keyid())
                .containsEntry("fingerprint", RELEASE.fingerprint())
                .containsEntry("signed", 6);
        assertThat(run.host.lines)
                .containsExactly(
                        "Sign task 41: 6 pieces of build 812 to sign with release (AB12CD34EF56AB78)",
                        "Build 812 is signed with " + RELEASE.fingerprint());
        assertThat(run.host.shown)
                .extracting(seen -> ((Snapshot.SigningSeen) seen).url())
                .hasSize(3)
                .containsOnly("http://companion.example/api/v1/tasks/41/log");
    }

    @Test
    void takesTheOnlyKeyThatMaySignWhenThePipelineNamesNone() throws IOException {
        status = Status.COMPLETED;
        run.end();
        assertThat(keyAsked()).isEqualTo(RELEASE.id());
        assertThat(asked().get(0).key()).isNotEmpty();
    }

    @Test
    void findsAKeyByItsNameItsIdAndItsFingerprint() throws IOException {
        keys = List.of(NIGHTLY, OLD, RELEASE);
        status = Status.COMPLETED;
        for (String one : List.of("release", "ab12cd34ef56ab78", RELEASE.fingerprint())) {
            wanted = one;
            companion.asked.clear();
            run.host.saved = Map.of();
            run.restart();
            run.end();
            assertThat(keyAsked()).as(one).isEqualTo(RELEASE.id());
        }
    }

    @Test
    void asksForAKeyWhenThereAreSeveral() {
        keys = List.of(NIGHTLY, RELEASE);
        assertThat(run.end().message())
                .isEqualTo("packageSign needs a key, one of: nightly (9999888877776666), release (AB12CD34EF56AB78)");
        assertThat(asked()).isEmpty();
    }

    @Test
    void saysWhyAKeyThatExpiredIsNotTaken() {
        keys = List.of(OLD);
        assertThat(run.end().message())
                .isEqualTo("packageSign needs a key, one of:"
                        + " old (0000111122223333, not active: it expired at 2026-10-01T00:00:00Z)");
        assertThat(asked()).isEmpty();
    }

    @Test
    void namesTheKeysThatThereAreWhenItDoesNotKnowOne() {
        wanted = "relaese";
        run.restart();
        assertThat(run.end().message())
                .startsWith("the companion knows no sign key 'relaese', but: ")
                .contains("release (AB12CD34EF56AB78)");
    }

    @Test
    void failsWithTheReasonOfTheSignTask() {
        run.round();
        status = Status.FAILED;
        error = "the key is locked";
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).isEqualTo("signing build 812 failed: the key is locked");
    }

    @Test
    void endsInItsFirstRoundWhenTheBuildIsSignedAlready() {
        status = Status.COMPLETED;
        assertThat(run.round().outcome()).isNotNull();
    }

    @Test
    void goesOnAfterARestartWithoutAskingAgain() {
        run.round();
        run.restart();
        status = Status.COMPLETED;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void sendsTheSameRequestAgainWhenTheAnswerWasLostThoughThereAreOtherKeysByThen() {
        companion.on(ASK, a -> {
            companion.loseNextAnswer = asked().size() == 1;
            return Answer.ok(task());
        });
        run.round();
        keys = List.of(NIGHTLY, RELEASE);
        run.restart();
        status = Status.COMPLETED;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(asked()).hasSize(2);
        assertThat(asked().get(1)).isEqualTo(asked().get(0));
    }

    @Test
    void saysWhyNothingIsSigned() {
        companion.on(
                "GET /api/v1/tasks/41/explain",
                new TaskExplanation(41, "ready", "no worker holds the key", List.of(), "s", List.of(), 1L, null));
        for (int i = 0; i < 20; i++) {
            run.round();
            run.clock.pass(Duration.ofSeconds(5));
        }
        assertThat(run.host.lines).containsOnlyOnce("Waiting: no worker holds the key");
    }

    @Test
    void anAbortSaysThatTheSignTaskStays() throws IOException {
        run.round();
        int before = companion.asked.size();
        assertThat(run.cancel()).isTrue();
        assertThat(companion.asked).hasSize(before);
        assertThat(run.host.lines).contains("Sign task 41 stays until a worker that holds the key has done it");
    }
}
