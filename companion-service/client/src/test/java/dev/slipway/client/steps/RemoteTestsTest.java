package dev.slipway.client.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.api.tests.TestRestart;
import dev.slipway.client.steps.FakeTransport.Answer;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RemoteTestsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

    private boolean built = true;
    private int revision = 1;
    private List<String> states = List.of("succeeded");
    private List<TestCase> cases = List.of(new TestCase("counts", "passed", 40L, "3 words", "wordfreq"));
    private @Nullable String onFailure;
    private boolean rerun;
    private final FakeTransport companion = new FakeTransport()
            .on("GET /api/v1/builds/812/", a -> Answer.ok(build()))
            .on("PATCH /api/v1/builds/812/cancel", a -> Answer.ok(build()))
            .on("GET /api/v1/tasks/31/log", a -> Answer.log("", 0, true))
            .on("GET /api/v1/tasks/31/", a -> Answer.ok(task()))
            .on("PUT /api/v1/tests/build/812/restart", a -> {
                revision++;
                states = List.of("succeeded");
                return Answer.ok(new TestRestart(revision, List.of(31L)));
            });
    private final StepRun run = new StepRun(() -> new TestArguments(812, rerun, onFailure).work(), companion.client());

    private Build build() {
        return new Build(
                812,
                NOW,
                built ? NOW : null,
                built ? "succeeded" : "running",
                "chained",
                0,
                List.of(),
                new Build.User(1, "ci", ""),
                List.of(),
                List.of(),
                states.stream()
                        .map(state -> new Build.TestTask(31, "el9", "x86_64", revision, state, 1, "x", null))
                        .toList(),
                List.of(),
                revision,
                false,
                false,
                false,
                null,
                0);
    }

    private Task task() {
        return new Task(
                31,
                "test",
                "succeeded",
                2,
                "completed",
                "s",
                "x86_64",
                "el9",
                812L,
                0,
                1,
                3,
                60,
                null,
                null,
                null,
                null,
                0,
                "/api/v1/tasks/31/log",
                NOW,
                NOW,
                NOW,
                NOW,
                List.of(),
                cases,
                List.of());
    }

    private void fail() {
        states = List.of("failed");
        cases = List.of(
                new TestCase("counts", "passed", 40L, null, null),
                new TestCase("sorts <&> \u0007", "failed", 1L, "wanted a\ngot ]]> b", "wordfreq"),
                new TestCase("slow", "skipped", null, null, null));
    }

    @Test
    void theBuildIsShownAsItIsThoughNoOtherStepFollowsIt() {
        built = false;
        run.round();
        built = true;
        run.end();
        assertThat(run.host.shown.stream()
                        .filter(Snapshot.BuildSeen.class::isInstance)
                        .map(seen -> ((Snapshot.BuildSeen) seen).build().state()))
                .containsExactly("running", "succeeded");
    }

    @Test
    void givesTheResultsOfTheTestsThatTheBuildStarted() {
        Outcome end = run.end();
        assertThat(end.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
        assertThat(end.result()).containsEntry("state", "passed").containsEntry("passed", 1);
        assertThat(companion.lines()).doesNotContain("PUT /api/v1/tests/build/812/restart");
    }

    @Test
    void waitsForTheBuild() {
        built = false;
        run.round();
        run.round();
        built = true;
        run.end();
        assertThat(run.host.lines).containsOnlyOnce("Build 812 is not finished; its tests come then");
    }

    @Test
    void startsTestsWhereThereWereNone() {
        states = List.of();
        run.end();
        assertThat(companion.lines()).containsOnlyOnce("PUT /api/v1/tests/build/812/restart");
    }

    @Test
    void doesNotTestTwiceWhenTheAnswerToTheRestartWasLost() {
        rerun = true;
        run.restart();
        companion.on("PUT /api/v1/tests/build/812/restart", a -> {
            revision++;
            companion.loseNextAnswer = true;
            return Answer.ok(new TestRestart(revision, List.of(31L)));
        });
        assertThat(run.end().result()).containsEntry("revision", 2);
        assertThat(companion.lines()).containsOnlyOnce("PUT /api/v1/tests/build/812/restart");
    }

    @Test
    void failedTestsFailTheStepUnlessAskedOtherwise() {
        fail();
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(run.host.lines).contains("FAILED el9/x86_64 sorts <&> ");
        onFailure = "UNSTABLE";
        run.restart();
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.UNSTABLE);
        onFailure = "ignore";
        run.restart();
        assertThat(run.end().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
    }

    @Test
    void theResultsAreSoundXmlWhateverTheTestsPrinted() throws Exception {
        fail();
        onFailure = "ignore";
        run.restart();
        String xml = String.valueOf(run.end().result().get("junit"));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("wanted a\ngot ]]> b");
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void cancelsNothingThatItDoesNotWaitForYet() throws Exception {
        built = false;
        run.round();
        assertThat(run.cancel()).isTrue();
        assertThat(companion.lines()).noneMatch(line -> line.startsWith("PATCH"));
    }

    @Test
    void cancelsTheTestsThatItWaitsFor() throws Exception {
        states = List.of("running");
        run.round();
        run.round();
        assertThat(run.cancel()).isFalse();
        states = List.of("cancelled");
        assertThat(run.cancel()).isTrue();
    }
}
