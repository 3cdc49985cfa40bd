package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.platforms.PlatformSummary;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.client.steps.FakeTransport.Answer;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteBuildTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final PlatformSummary EL9 = new PlatformSummary(1, "rpm", "el9", List.of("x86_64"));

    private final Map<Long, String> states = new LinkedHashMap<>(Map.of(17L, "ready"));
    private final Map<Long, String> logs = new LinkedHashMap<>();
    private String state = "running";
    private final FakeTransport companion = new FakeTransport()
            .on("POST /api/v1/builds/", a -> Answer.ok(build()))
            .on("GET /api/v1/builds/812/", a -> Answer.ok(build()))
            .on("GET /api/v1/tasks/17/log", this::log)
            .on("PATCH /api/v1/builds/812/cancel", a -> Answer.ok(build()));
    private boolean propagate = true;
    private boolean wait = true;
    private final StepRun run = new StepRun(this::work, companion.client());

    private RemoteWork work() {
        return new BuildArguments(
                        List.of("el9"),
                        List.of(new BuildArguments.Source("https://git.example/wordfreq.git", "v1", null, false, 0)),
                        List.of("x86_64"),
                        null,
                        List.of("dist=.el9"),
                        null,
                        null,
                        false,
                        false,
                        0,
                        propagate,
                        wait)
                .work();
    }

    private Answer log(FakeTransport.Asked asked) {
        String text = logs.getOrDefault(17L, "");
        int offset = Integer.parseInt(asked.query().replaceAll(".*offset=(\\d+).*", "$1"));
        int limit = Integer.parseInt(asked.query().replaceAll(".*limit=(\\d+).*", "$1"));
        int end = Math.min(text.length(), offset + limit);
        return Answer.log(text.substring(offset, end), end, end == text.length() && !"running".equals(states.get(17L)));
    }

    private Build build() {
        return new Build(
                812,
                NOW,
                state.equals("running") ? null : NOW,
                state,
                "chained",
                0,
                states.keySet().stream().map(this::task).toList(),
                new Build.User(1, "ci", ""),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                false,
                false,
                false,
                null,
                0);
    }

    private BuildTask task(long id) {
        String now = states.getOrDefault(id, "");
        @Nullable Instant started = now.equals("ready") || now.equals("blocked") ? null : NOW;
        return new BuildTask(
                id,
                NOW,
                1,
                "started",
                now,
                0,
                "x86_64",
                EL9,
                new BuildTask.Ref("https://git.example/wordfreq.git", "v1", RefType.ANY, "c0ffee"),
                now.equals("succeeded")
                        ? List.of(
                                new Artifact(1, "wordfreq-1-1.x86_64.rpm", "rpm", "/api/v1/blobs/w.rpm", "ab", 10, 1L),
                                new Artifact(2, "build.log", "build_log", "/api/v1/blobs/b", "cd", 10, null))
                        : List.of(),
                1,
                null,
                now.equals("failed") ? "rpmbuild said no" : null,
                started,
                null,
                "/api/v1/tasks/" + id + "/log");
    }

    private void ends(String task, String build) {
        states.put(17L, task);
        state = build;
    }

    @Test
    void asksForWhatThePipelineSays() throws IOException {
        ends("succeeded", "succeeded");
        run.end();
        JsonNode body = Json.mapper().readTree(companion.asked.get(0).body());
        assertThat(body.at("/platforms/0/name").asText()).isEqualTo("el9");
        assertThat(body.at("/platforms/0/arch_list/0").asText()).isEqualTo("x86_64");
        assertThat(body.at("/tasks/0/git_ref").asText()).isEqualTo("v1");
        assertThat(body.at("/options/definitions/dist").asText()).isEqualTo(".el9");
        assertThat(companion.asked.get(0).key()).isNotEmpty();
    }

    @Test
    void printsTheLogBetweenTheBeginningAndTheEndOfATask() {
        run.round();
        states.put(17L, "running");
        logs.put(17L, "compiling\nlin");
        run.round();
        logs.put(17L, "compiling\nlinking\n");
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.lines)
                .containsExactly(
                        "Build 812, 1 tasks: http://companion.example/api/v1/builds/812/",
                        "wordfreq for el9/x86_64: running",
                        "[wordfreq el9/x86_64] compiling",
                        "[wordfreq el9/x86_64] linking",
                        "wordfreq for el9/x86_64: succeeded",
                        "Build 812 succeeded");
    }

    @Test
    void repeatsNothingAfterARestart() {
        states.put(17L, "running");
        logs.put(17L, "compiling\nlin");
        run.round();
        run.clock.pass(Duration.ofMinutes(1));
        run.round();
        run.restart();
        run.host.lines.clear();
        logs.put(17L, "compiling\nlinking\n");
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.lines)
                .containsExactly(
                        "[wordfreq el9/x86_64] linking", "wordfreq for el9/x86_64: succeeded", "Build 812 succeeded");
    }

    @Test
    void givesThePipelinePlainValues() {
        ends("succeeded", "succeeded");
        Map<String, Object> result = run.end().result();
        assertThat(result).containsEntry("id", 812L).containsEntry("state", "succeeded");
        assertThat(result.get("packages"))
                .isEqualTo(List.of(Map.of(
                        "name", "wordfreq-1-1.x86_64.rpm",
                        "platform", "el9",
                        "arch", "x86_64",
                        "url", "http://companion.example/api/v1/blobs/w.rpm",
                        "sha256", "ab",
                        "size", 10L)));
        assertThat(result.toString()).contains("commit=c0ffee");
    }

    @Test
    void failsWithTheBuild() {
        ends("failed", "failed");
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(end.message()).startsWith("build 812 failed");
        assertThat(run.host.lines).contains("wordfreq for el9/x86_64: failed: rpmbuild said no");
    }

    @Test
    void leavesAFailureToThePipelineIfAsked() {
        propagate = false;
        run.restart();
        ends("failed", "failed");
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(end.result()).containsEntry("state", "failed");
    }

    @Test
    void doesNotWaitIfAsked() {
        wait = false;
        run.restart();
        assertThat(run.end().result()).containsEntry("id", 812L).containsEntry("state", "running");
    }

    @Test
    void makesForeignTextHarmless() {
        logs.put(17L, "\u001B[31mred\u001B[0m \u001B[8mha:////note\n");
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.lines).contains("[wordfreq el9/x86_64] red ha:////note");
        assertThat(String.join("", run.host.lines)).doesNotContain("\u001B");
    }

    @Test
    void takesNoMoreOfALogAtOnceThanItAskedForAndLosesNothingOfIt() {
        String text = "a line of this log\n".repeat(8000);
        companion.on("GET /api/v1/tasks/17/log", asked -> {
            int offset = Integer.parseInt(asked.query().replaceAll(".*offset=(\\d+).*", "$1"));
            return Answer.log(text.substring(offset), text.length(), true);
        });
        ends("succeeded", "succeeded");
        run.end();
        assertThat(companion.asked.stream()
                        .filter(a -> a.line().endsWith("/log"))
                        .map(FakeTransport.Asked::query))
                .containsExactly("offset=0&limit=65536", "offset=65536&limit=65536", "offset=131072&limit=65536");
        assertThat(run.host.lines.stream().filter("[wordfreq el9/x86_64] a line of this log"::equals))
                .hasSize(8000);
    }

    @Test
    void endsALogThatIsTooLong() {
        String line = "x".repeat(1023) + "\n";
        logs.put(17L, line.repeat(6 * 1024));
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.lines.size()).isBetween(4 * 1024, 4 * 1024 + 200);
        assertThat(run.host.lines.get(run.host.lines.size() - 3))
                .endsWith("… the rest of this log is only at http://companion.example/api/v1/tasks/17/log");
    }

    @Test
    void endsAllLogsWhenTheyAreTooLongTogether() {
        run.round();
        Map<String, String> saved = new LinkedHashMap<>(run.host.saved);
        for (long id = 1; id <= 16; id++) {
            states.put(id, "succeeded");
            saved.put("log." + id, Long.toString(4L << 20));
        }
        saved.put("log.16", Long.toString((4L << 20) - 20));
        companion.on("GET /api/v1/tasks/16/log", a -> Answer.log("the last line\n", (4L << 20) - 6, false));
        companion.on("GET /api/v1/tasks/17/log", a -> Answer.log("again one line\n", 15, false));
        run.host.saved = saved;
        run.restart();
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.lines)
                .containsOnlyOnce("[wordfreq el9/x86_64] again one line")
                .containsOnlyOnce("… the rest of these logs is only at http://companion.example/api/v1/builds/812/")
                .contains("Build 812 succeeded");
    }

    @Test
    void saysWhyNothingHappens() {
        companion.on(
                "GET /api/v1/tasks/17/explain",
                new TaskExplanation(
                        17, "ready", "no worker offers build:rpm:x86_64", List.of(), "s", List.of(), 1L, null));
        for (int i = 0; i < 20; i++) {
            run.round();
        }
        assertThat(run.host.lines).containsOnlyOnce("Waiting: no worker offers build:rpm:x86_64");
    }

    @Test
    void showsEachChangeOnce() {
        for (int i = 0; i < 5; i++) {
            run.round();
        }
        ends("succeeded", "succeeded");
        run.end();
        assertThat(run.host.shown).hasSize(2);
    }

    @Test
    void goesOnWhenThePageCannotBeKept() {
        run.host.refuseToShow = new IOException("disk full");
        ends("succeeded", "succeeded");
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
    }

    @Test
    void cancelsUntilNothingRuns() throws IOException {
        run.round();
        assertThat(run.cancel()).isFalse();
        ends("cancelled", "cancelled");
        assertThat(run.cancel()).isTrue();
        assertThat(run.host.lines).contains("Build 812 cancelled");
    }

    @Test
    void failsWhenTheBuildIsGone() {
        run.round();
        companion.on("GET /api/v1/builds/812/", a -> Answer.problem(404, "there is no build 812"));
        assertThat(run.end().message()).contains("there is no build 812");
    }
}
