package dev.slipway.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a task while it waits, and the log while it runs and afterwards. */
final class WaitingAndLogsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);

    @BeforeEach
    void clear() {
        farm.clear();
        // workers of former tests are not heard of any more
        companion.clock().advance(Duration.ofMinutes(5));
    }

    private static TaskExplanation explain(long task) {
        return companion.admin().get("/api/v1/tasks/" + task + "/explain").as(TaskExplanation.class);
    }

    private static long task(Build build, int place) {
        return build.tasks().get(place).id();
    }

    // acceptance case 25
    @Test
    void aBlockedTaskNamesWhatItWaitsFor() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "first", "second");
        BuildTask second = build.tasks().get(3);

        TaskExplanation why = explain(second.id());

        assertThat(why.state()).isEqualTo("blocked");
        assertThat(why.waitsFor())
                .extracting(TaskExplanation.Waiting::taskId)
                .containsExactly(task(build, 1), task(build, 2));
        assertThat(why.summary())
                .contains(
                        "task " + task(build, 1), "x86_64 packages of https://git.slipway.example/first.git", "ready");
    }

    // acceptance case 33
    @Test
    void aTaskThatNobodyTakesSaysWhatIsMissing() {
        Build build = farm.build(farm.platform("deb", "riscv64"), "tidewords");
        TestWorker source = farm.worker("src");
        source.succeed(source.claim(), "tidewords");

        TaskExplanation why = explain(task(build, 1));

        assertThat(why.summary()).startsWith("No live worker offers build:deb:riscv64");
        assertThat(why.workers()).isEmpty();
        assertThat(why.expectedSeconds()).isNull();
    }

    // acceptance case 44
    @Test
    void aReadyTaskKnowsItsPlaceAndTheTimeItWillTake() {
        String platform = farm.platform("rpm", "x86_64");
        TestWorker worker = farm.worker("src");
        farm.build(platform, "zero");
        ClaimedTask former = worker.claim();
        companion.clock().advance(Duration.ofSeconds(40));
        worker.succeed(former, "zero");
        farm.clear();
        long first = task(farm.build(platform, "one"), 0);
        long second = task(farm.build(platform, "two"), 0);

        assertThat(explain(first).queuePosition()).isEqualTo(1);
        assertThat(explain(second).queuePosition()).isEqualTo(2);
        assertThat(explain(second).expectedSeconds()).isEqualTo(80);

        worker.claim();

        assertThat(explain(second).queuePosition()).isEqualTo(1);
        assertThat(explain(second).expectedSeconds()).isEqualTo(40);
        assertThat(explain(first).summary()).contains(worker.name(), "attempt 1 of 3");
    }

    @Test
    void aTaskThatIsNotThereIsNotExplained() {
        assertThat(companion.admin().get("/api/v1/tasks/4711/explain").status()).isEqualTo(404);
    }

    private TestResponse log(ClaimedTask task, String query) {
        return companion.admin().get("/api/v1/tasks/" + task.id() + "/log" + query);
    }

    // acceptance cases 55 and 56
    @Test
    void aLogIsReadInItsOrderWhileItIsWritten() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        worker.log(task, 0, "one\n");
        worker.log(task, 4, "two\n");

        TestResponse early = worker.log(task, 12, "four\n");
        TestResponse again = worker.log(task, 4, "two\nthree\n");

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().path("offset").asInt()).isEqualTo(8);
        assertThat(again.json().path("offset").asInt()).isEqualTo(14);
        assertThat(log(task, "").text()).isEqualTo("one\ntwo\nthree\n");
        assertThat(log(task, "").header("Slipway-Log-Complete")).isEqualTo("false");
    }

    // acceptance case 56
    @Test
    void aPartOfALogIsReadBeforeAndAfterTheEnd() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        worker.log(task, 0, "one\ntwo\n");
        worker.log(task, 8, "three\n");
        String running = log(task, "?offset=4&limit=6").text();

        worker.report(task, "failed");

        assertThat(running).isEqualTo("two\nth");
        assertThat(log(task, "?offset=4&limit=6").text()).isEqualTo(running);
        assertThat(log(task, "?offset=99").text()).isEmpty();
        assertThat(log(task, "").text()).isEqualTo("one\ntwo\nthree\n");
        assertThat(log(task, "").header("Slipway-Log-Complete")).isEqualTo("true");
    }

    // acceptance case 56
    @Test
    void aLogOfATaskThatIsNotThereIsNotFound() {
        assertThat(companion.admin().get("/api/v1/tasks/4711/log").status()).isEqualTo(404);
    }

    @Test
    void aLogIsReadFromNoPlaceBeforeItsBeginning() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = farm.worker("src").claim();

        assertThat(log(task, "?offset=-1").status()).isEqualTo(400);
    }

    @Test
    void aLogIsFollowedLineByLineToItsEnd() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        worker.log(task, 0, "one\ntwo\nthr");
        CompletableFuture<String> followed = CompletableFuture.supplyAsync(
                () -> log(task, "?follow=true&offset=4").text());
        worker.log(task, 11, "ee\n");

        worker.report(task, "failed");

        assertThat(followed)
                .succeedsWithin(Duration.ofSeconds(30))
                .asString()
                .contains("event: log", "data: two", "data: three", "id: 14")
                .doesNotContain("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "18446744073709551615"})
    void aLogIsFollowedFromNoPlaceBeforeItsBeginning(String lastEventId) {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = farm.worker("src").claim();

        assertThat(companion
                        .admin()
                        .with("Last-Event-ID", lastEventId)
                        .get("/api/v1/tasks/" + task.id() + "/log?follow=true")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aFailureShowsItsDiagnosisAndKeepsItsLog() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        worker.log(task, 0, "error: line 3\n");

        TestResponse answer = worker.report(
                task,
                new TaskReport(
                        task.lease().id(),
                        "failed",
                        null,
                        new TaskReport.Diagnosis("UNMET_DEPENDENCY", "unmet dependency libfathom-devel"),
                        List.of(),
                        null,
                        null,
                        List.of()));

        Task ended = answer.as(Task.class);
        assertThat(ended.errorCode()).isEqualTo("UNMET_DEPENDENCY");
        assertThat(ended.error()).isEqualTo("unmet dependency libfathom-devel");
        assertThat(ended.artifacts()).extracting(Artifact::type).containsExactly("build_log");
    }
}
