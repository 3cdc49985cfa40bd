package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import dev.slipway.client.steps.FakeTransport.Answer;
import dev.slipway.client.steps.FakeTransport.Asked;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteComposeTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String ASK = "POST /api/v1/composes/";
    private static final String DELETE = "DELETE /api/v1/composes/9/";

    private Compose.State state = Compose.State.WAIT;
    private @Nullable String reason;
    private @Nullable Long reused;
    private String repofile = "http://inside:8080/repos/composes/9/slipway.repo";
    private final FakeTransport companion = new FakeTransport()
            .on(ASK, a -> Answer.ok(compose()))
            .on("GET /api/v1/composes/9/", a -> Answer.ok(compose()))
            .on("GET /repos/composes/9/slipway.repo", a -> Answer.ok("[slipway-9]\nname=Büro\n"))
            .on(DELETE, a -> new Answer(204, "", Map.of()));
    private final StepRun run = new StepRun(RemoteComposeTest::work, companion.client());

    private static RemoteWork work() {
        return new ComposeArguments(
                        List.of(812L),
                        null,
                        null,
                        List.of("wordfreq*"),
                        "el9",
                        List.of("x86_64"),
                        List.of("AB12"),
                        "24h",
                        true,
                        false,
                        false,
                        "nightly",
                        null)
                .work();
    }

    private Compose compose() {
        boolean done = state == Compose.State.DONE;
        return new Compose(
                9,
                List.of(Compose.State.values()).indexOf(state),
                state.name().toLowerCase(Locale.ROOT),
                reason,
                "ci",
                new ComposeRequest(
                        new ComposeSource(List.of(812L), null, null, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                "nightly",
                null,
                done ? "c0ffee" : null,
                reused,
                null,
                done ? 3 : null,
                86400,
                done ? "/repos/composes/9/" : null,
                done ? repofile : null,
                NOW,
                NOW,
                done ? NOW : null,
                NOW.plusSeconds(86400),
                null,
                null,
                1);
    }

    private List<String> keysAsked() {
        return companion.asked.stream()
                .filter(a -> a.line().equals(ASK))
                .map(Asked::key)
                .toList();
    }

    @Test
    void asksForWhatThePipelineSays() throws IOException {
        state = Compose.State.DONE;
        run.end();
        JsonNode body = Json.mapper().readTree(companion.asked.get(0).body());
        assertThat(body)
                .isEqualTo(Json.mapper()
                        .readTree(
                                "{\"source\": {\"builds\": [812], \"packages\": [\"wordfreq*\"]}, \"platform\": \"el9\","
                                        + " \"arches\": [\"x86_64\"], \"sign_keys\": [\"AB12\"], \"include_debug\": true,"
                                        + " \"lifetime_seconds\": 86400, \"label\": \"nightly\"}"));
        assertThat(keysAsked()).singleElement().asString().isNotEmpty();
    }

    @Test
    void waitsUntilTheRepositoryIsServed() {
        assertThat(run.round().outcome()).isNull();
        state = Compose.State.GENERATING;
        assertThat(run.round().outcome()).isNull();
        assertThat(run.waitingFor()).isEqualTo("waiting for compose 9");
        state = Compose.State.DONE;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(run.host.lines)
                .containsExactly(
                        "Compose 9",
                        "Compose 9: 3 packages at http://companion.example/repos/composes/9/ until 2026-11-02T10:00:00Z");
        assertThat(run.host.shown)
                .extracting(seen -> ((Snapshot.ComposeSeen) seen).compose().stateName())
                .containsExactly("wait", "generating", "done");
    }

    @Test
    void givesThePipelineTheRepositoryAndWhenItEnds() {
        state = Compose.State.DONE;
        assertThat(run.end().result())
                .containsEntry("id", 9L)
                .containsEntry("url", "http://companion.example/repos/composes/9/")
                .containsEntry("packages", 3)
                .containsEntry("reused", false)
                .containsEntry("contentHash", "c0ffee")
                .containsEntry("expires", "2026-11-02T10:00:00Z")
                .doesNotContainKey("reusedId");
    }

    @Test
    void readsTheRepoTextWhereTheCompanionIsReachedAndNotWhereItCallsItself() {
        state = Compose.State.DONE;
        assertThat(run.end().result())
                .containsEntry("repoFile", "[slipway-9]\nname=Büro\n")
                .containsEntry("repoFileUrl", repofile);
    }

    @Test
    void takesNoRepoTextThatNeverEnds() {
        state = Compose.State.DONE;
        companion.on("GET /repos/composes/9/slipway.repo", a -> Answer.ok("x".repeat(1024 * 1024 + 1)));
        assertThat(run.end().message()).contains("larger than any that is expected");
    }

    @Test
    void saysWhoseRepositoryItIsWhenItWasReused() {
        state = Compose.State.DONE;
        reused = 4L;
        assertThat(run.end().result()).containsEntry("reused", true).containsEntry("reusedId", 4L);
        assertThat(run.host.lines).contains("Compose 9: an equal one is there already, the repository of compose 4");
    }

    @Test
    void failsWithTheReasonOfTheCompose() {
        run.round();
        state = Compose.State.FAILED;
        reason = "two packages are called words-1-1.x86_64";
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).isEqualTo("compose 9 failed: two packages are called words-1-1.x86_64");
    }

    @Test
    void failsWhenTheComposeExpiredWhileJenkinsWasDown() {
        run.round();
        state = Compose.State.REMOVED;
        reason = "expired";
        run.restart();
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).isEqualTo("compose 9 removed: expired");
    }

    @Test
    void goesOnAfterARestartWithoutAskingAgain() {
        run.round();
        run.restart();
        state = Compose.State.DONE;
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(keysAsked()).hasSize(1);
    }

    @Test
    void asksAgainWithTheSameKeyWhenTheAnswerWasLost() {
        companion.loseNextAnswer = true;
        run.round();
        run.restart();
        state = Compose.State.DONE;
        assertThat(run.end().result()).containsEntry("id", 9L);
        assertThat(keysAsked()).hasSize(2).containsOnly(keysAsked().get(0));
    }

    @Test
    void anAbortRemovesTheCompose() throws IOException {
        run.round();
        assertThat(run.cancel()).isTrue();
        assertThat(companion.lines()).containsOnlyOnce(DELETE);
        assertThat(run.host.lines).contains("Compose 9 is removed");
    }

    @Test
    void anAbortRemovesAComposeWhoseAnswerWasLostToo() throws IOException {
        companion.loseNextAnswer = true;
        run.round();
        run.restart();
        assertThat(run.cancel()).isTrue();
        assertThat(keysAsked()).hasSize(2).containsOnly(keysAsked().get(0));
        assertThat(companion.lines()).endsWith(DELETE);
    }
}
