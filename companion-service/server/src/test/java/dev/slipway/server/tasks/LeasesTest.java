package dev.slipway.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.identity.Role;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.LeaveRequest;
import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.api.tasks.Task;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasesTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Farm farm = new Farm(companion);

    @BeforeEach
    void clear() {
        farm.clear();
    }

    // acceptance case 35
    @Test
    void aTaskWhoseWorkerVanishesIsHandedOutAgainAndTheLateReportRefused() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker vanished = farm.worker("src");
        ClaimedTask lost = vanished.claim();
        expire();

        ClaimedTask again = farm.worker("src").claim();
        TestResponse late = vanished.report(lost, "succeeded");

        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.lease().generation()).isEqualTo(lost.lease().generation() + 1);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("lease-lost");
        assertThat(task(lost).state()).isEqualTo("running");
    }

    // acceptance case 35
    @Test
    void aTaskThatLosesEveryWorkerEndsWithTheHistoryOfItsAttempts() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        expire();
        for (int attempt = 2; attempt <= 3; attempt++) {
            worker.claim();
            expire();
        }

        Task ended = task(task);
        assertThat(ended.state()).isEqualTo("error");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.errorCode()).isEqualTo("LEASE_LOST");
        assertThat(ended.error()).contains("3 attempts").contains(worker.name());
        assertThat(ended.history()).extracting(Task.Attempt::outcome).containsExactly("lost", "lost", "error");
    }

    @Test
    void aPingRenewsTheLease() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        companion.clock().advance(LEASE.minusSeconds(1));

        PingAnswer answer = worker.ping(task);
        companion.clock().advance(LEASE.minusSeconds(1));
        farm.run("tasks.reap");

        assertThat(answer.renewed()).containsExactly(task.id());
        assertThat(task(task).state()).isEqualTo("running");
        assertThat(task(task).attempts()).isEqualTo(1);
    }

    // acceptance case 32
    @Test
    void aPingOfOthersTasksChangesNothing() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = farm.worker("src").claim();
        String before = expiry(task);
        companion.clock().advance(Duration.ofSeconds(30));

        PingAnswer answer = farm.worker("src").ping(task);

        assertThat(answer.lost()).containsExactly(task.id());
        assertThat(expiry(task)).isEqualTo(before);
    }

    // acceptance case 32
    @Test
    void aPingWithoutTasksIsWelcome() {
        assertThat(farm.worker("src").ping()).isEqualTo(new PingAnswer(List.of(), List.of(), List.of()));
    }

    // acceptance case 10
    @Test
    void anotherUsersTokenCannotReportLogOrUpload() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker holder = farm.worker("src");
        ClaimedTask task = holder.claim();
        TestWorker thief = holder.at(companion.as(Farm.unique("thief"), Role.WORKER));

        refused(thief.report(task, "failed"));
        refused(thief.log(task, 0, "mine"));
        refused(thief.put(task, "x.rpm", new byte[] {1}));
        assertThat(task(task).state()).isEqualTo("running");
        assertThat(task(task).logSize()).isZero();
    }

    @Test
    void aWorkerThatLeavesGivesUpWhatItHeldAndTheAttemptDoesNotCount() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        companion.clock().advance(Duration.ofSeconds(30));

        leave(worker, task);
        farm.run("tasks.reap");

        assertThat(task(task).state()).isEqualTo("ready");
        assertThat(task(task).history()).extracting(Task.Attempt::outcome).containsExactly("left");
        assertThat(farm.worker("src").claim().attempt()).isEqualTo(1);
        assertThat(worker.report(task, "succeeded").problem()).isEqualTo("lease-lost");
    }

    @Test
    void whatWasOnItsWayToAWorkerThatLeavesIsHandedOutAgain() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask unseen = worker.claim();

        leave(worker);
        farm.run("tasks.reap");

        assertThat(task(unseen).state()).isEqualTo("ready");
    }

    @Test
    void anotherProgramUnderTheNameOfAWorkerThatLeavesKeepsItsTask() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        companion.clock().advance(Duration.ofSeconds(30));

        leave(worker);
        farm.run("tasks.reap");

        assertThat(task(task).state()).isEqualTo("running");
    }

    @Test
    void nobodySendsTheWorkersOfOthersAway() {
        TestWorker worker = farm.worker("src");

        TestResponse refused = companion
                .as(Farm.unique("thief"), Role.WORKER)
                .post("/api/v1/tasks/leave", new LeaveRequest(worker.name(), List.of()));

        assertThat(refused.status()).isEqualTo(422);
    }

    @Test
    void aWorkerThatDoesNotSayItsNameCannotLeave() {
        assertThat(farm.worker("src")
                        .api()
                        .post("/api/v1/tasks/leave", Map.of())
                        .status())
                .isEqualTo(400);
    }

    private static void leave(TestWorker worker, ClaimedTask... held) {
        LeaveRequest request = new LeaveRequest(
                worker.name(),
                Stream.of(held)
                        .map(task ->
                                new PingRequest.Held(task.id(), task.lease().id()))
                        .toList());
        assertThat(worker.api().post("/api/v1/tasks/leave", request).status()).isEqualTo(204);
    }

    // acceptance case 26
    @Test
    void cancelTellsARunningTasksWorkerToStop() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();

        TestResponse cancelled = companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(farm.states(build.id())).containsExactly("0 src cancelling", "0 x86_64 cancelled");
        assertThat(worker.ping(task).stop()).extracting(PingAnswer.Stop::taskId).containsExactly(task.id());
        worker.report(task, "error");
        assertThat(farm.states(build.id())).containsExactly("0 src cancelled", "0 x86_64 cancelled");
        assertThat(farm.get(build.id()).state()).isEqualTo("cancelled");
        assertThat(task(task).error()).isEqualTo("Build task cancelled by user");
        assertThat(task(task).status()).isEqualTo(5);
    }

    // acceptance cases 26 and 27
    @Test
    void aLateSuccessDoesNotBringBackWhatWasCancelled() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src", "x86_64");
        worker.succeed(worker.claim(), "tidewords");
        ClaimedTask task = worker.claim();
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        worker.succeed(task, "tidewords");

        assertThat(farm.states(build.id())).containsExactly("0 src succeeded", "0 x86_64 cancelled");
        assertThat(task(task).artifacts()).isEmpty();
        assertThat(farm.get(build.id()).testTasks()).isEmpty();
    }

    @Test
    void aCancelledTaskEndsAlsoWhenItsWorkerIsGone() {
        Build build = farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        farm.worker("src").claim();
        companion.admin().send("PATCH", "/api/v1/builds/" + build.id() + "/cancel", null);

        expire();

        assertThat(farm.get(build.id()).state()).isEqualTo("cancelled");
    }

    @Test
    void workFarOverItsTimeIsGivenUpThoughItsWorkerPings() {
        farm.build(farm.platform("rpm", Map.of("timeout", 60), "x86_64"), "tidewords");
        TestWorker worker = farm.worker("src");
        ClaimedTask task = worker.claim();
        for (int minute = 0; minute < 12; minute++) {
            companion.clock().advance(Duration.ofSeconds(59));
            worker.ping(task);
        }

        farm.run("tasks.reap");

        assertThat(task(task).errorCode()).isEqualTo("TIMEOUT");
        assertThat(worker.ping(task).lost()).containsExactly(task.id());
    }

    private void expire() {
        companion.clock().advance(LEASE.plusSeconds(1));
        farm.run("tasks.reap");
    }

    private static String expiry(ClaimedTask task) {
        return companion.value("select lease_expires_at from task where id = " + task.id());
    }

    private static Task task(ClaimedTask task) {
        return companion.admin().get("/api/v1/tasks/" + task.id()).as(Task.class);
    }

    private static void refused(TestResponse answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.text()).contains("is held by another worker");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    }
}
