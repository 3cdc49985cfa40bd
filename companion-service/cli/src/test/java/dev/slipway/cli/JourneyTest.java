package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.packages.fixtures.SampleKey;
import dev.slipway.packages.fixtures.SampleKeys;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestSigner;
import dev.slipway.server.testing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that wait for workers; the tests are the workers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JourneyTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private final Cli cli = Cli.admin(companion);
    private final String name = Farm.unique("tide");
    private final String source = "https://git.example/" + name + ".git@v1";
    private String platform;
    private TestWorker worker;

    @BeforeEach
    void prepare() {
        farm.clear();
        platform = farm.platform("rpm", "x86_64");
        worker = farm.worker("src", "x86_64");
    }

    private long built() {
        return farm.built(worker, platform, name).id();
    }

    private ClaimedTask claim() {
        return await().atMost(Duration.ofSeconds(60)).until(() -> worker.claim(5), task -> task != null);
    }

    @Test
    void aBuildIsFollowedToItsEndAndItsPackagesAreListed() throws Exception {
        CompletableFuture<Cli.Ran> running = cli.start("build", "--platform", platform, source);
        worker.succeed(claim(), name);
        worker.succeed(claim(), name);

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.err()).contains(name + " for " + platform + "/x86_64: succeeded");
        assertThat(ran.out()).contains(name + "-1.0-1.x86_64.rpm").endsWith(" succeeded\n");
    }

    @Test
    void aBuildThatFailedEndsWithOneAndItsReason() throws Exception {
        CompletableFuture<Cli.Ran> running = cli.start("build", "--platform", platform, source);
        worker.report(claim(), "failed", "the section %check of the spec failed", List.of(), List.of());

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("the section %check of the spec failed");
        assertThat(ran.out()).contains("the section %check of the spec failed");
    }

    @Test
    void withLogTheLinesOfTheTasksAreShownWithTheirTask() throws Exception {
        CompletableFuture<Cli.Ran> running = cli.start("build", "--log", "--platform", platform, source);
        ClaimedTask first = claim();
        worker.log(first, 0, "unpacking\nwriting\n");
        worker.succeed(first, name);
        worker.succeed(claim(), name);

        assertThat(running.get().err().lines())
                .contains(
                        "[" + name + " " + platform + "/src] unpacking", "[" + name + " " + platform + "/src] writing");
    }

    @Test
    void withJsonOnlyTheBuildIsOnStandardOutput() {
        Cli.Ran ran = cli.run("build", "--no-wait", "--json", "--platform", platform, source);

        assertThat(ran.exit()).isZero();
        assertThat(ran.json().path("tasks")).hasSize(2);
        assertThat(ran.json().path("tasks").get(0).path("ref").path("git_ref").asText())
                .isEqualTo("v1");
    }

    @Test
    void aLogIsFollowedUntilItIsComplete() throws Exception {
        cli.run("build", "--no-wait", "--platform", platform, source);
        ClaimedTask task = claim();
        worker.log(task, 0, "one\n");
        assertThat(cli.run("log", String.valueOf(task.id())).out()).isEqualTo("one\n");

        CompletableFuture<Cli.Ran> following = cli.start("log", "--follow", String.valueOf(task.id()));
        worker.log(task, 4, "two\nthree");
        assertThat(following).isNotDone();
        worker.succeed(task, name);

        assertThat(following.get().out()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void testsArePrintedCaseByCase() throws Exception {
        long build = built();
        CompletableFuture<Cli.Ran> running = cli.start("test", String.valueOf(build));
        worker.report(
                worker.claim(List.of("test")),
                "succeeded",
                null,
                List.of(),
                List.of(new TestCase("install", "passed", 1500L, "ok", name)));

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out()).containsPattern(platform + " +x86_64 +install +passed +1\\.5\\n");
    }

    @Test
    void testsThatFailedEndWithOne() throws Exception {
        long build = built();
        CompletableFuture<Cli.Ran> running = cli.start("test", String.valueOf(build));
        worker.report(
                worker.claim(List.of("test")),
                "failed",
                "1 of 1 cases failed: install",
                List.of(),
                List.of(new TestCase("install", "failed", 10L, "scriptlet failed", name)));

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("1 of 1 cases failed: install");
    }

    @Test
    void aBuildIsSignedByTheWorkerThatHoldsTheKey() throws Exception {
        SampleKey key = SampleKeys.fresh();
        farm.signKey(key);
        TestSigner signer = farm.signer(key);
        long build = built();
        CompletableFuture<Cli.Ran> running =
                cli.start("sign", "--key", key.certificate().keyId(), String.valueOf(build));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> companion.value("select count(*) from sign_task where build_id = " + build), "1"::equals);
        signer.signNext();

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("2 of 2 signed with " + key.certificate().fingerprint());
    }

    @Test
    void aSigningThatFailedSaysWhy() throws Exception {
        SampleKey key = SampleKeys.fresh();
        farm.signKey(key);
        TestSigner signer = farm.signer(key);
        long build = built();
        CompletableFuture<Cli.Ran> running =
                cli.start("sign", "--key", key.certificate().keyId(), String.valueOf(build));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> companion.value("select count(*) from sign_task where build_id = " + build), "1"::equals);
        signer.report(signer.claim(), "failed", "the card was taken out");

        Cli.Ran ran = running.get();

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.complaint()).contains("the card was taken out");
    }

    @Test
    void aComposeIsMadeReusedListedExtendedAndDeleted() {
        String build = String.valueOf(built());
        String[] request = {"compose", "create", "--platform", platform, "--build", build, "--label", name, "--json"};

        Cli.Ran first = cli.run(request);
        Cli.Ran second = cli.run(request);

        assertThat(first.exit()).as(first.toString()).isZero();
        String id = first.json().path("id").asText();
        assertThat(first.json().path("package_count").asInt()).isEqualTo(1);
        assertThat(second.json().path("reused_id").asText()).isEqualTo(id);
        assertThat(cli.run("compose", "list").out()).contains(name).contains("done");
        assertThat(cli.run("compose", "extend", id, "--lifetime", "P2D").out()).contains("is kept until");
        assertThat(cli.run("compose", "delete", id).exit()).isZero();
        assertThat(cli.run("compose", "list", "--json").json()).anySatisfy(one -> {
            assertThat(one.path("id").asText()).isEqualTo(id);
            assertThat(one.path("state_name").asText()).isEqualTo("removed");
        });
        Cli.Ran again = cli.run("compose", "regenerate", id, "--json");
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(again.json().path("regenerates_id").asText()).isEqualTo(id);
        assertThat(again.json().path("content_hash")).isEqualTo(first.json().path("content_hash"));
    }

    @Test
    void aReleaseIsPlannedShownCommittedAndReverted() {
        String untested = farm.platform("rpm", java.util.Map.of("tests", "none"), "x86_64");
        String distribution = Farm.unique("harbour");
        companion
                .admin()
                .post("/api/v1/distributions/", java.util.Map.of("name", distribution, "platforms", List.of(untested)));
        long build = farm.built(worker, untested, name).id();

        Cli.Ran planned = cli.run(
                "release", "plan", "--platform", untested, "--distribution", distribution, String.valueOf(build));
        assertThat(planned.exit()).as(planned.toString()).isZero();
        assertThat(planned.out()).contains(name + "-1.0-1.x86_64").contains(distribution + "-" + untested);
        String id = planned.out().replaceFirst("(?s)release ([0-9]+) .*", "$1");

        Cli.Ran committed = cli.run("release", "commit", id);
        assertThat(committed.exit()).as(committed.toString()).isZero();
        assertThat(committed.out()).contains("release " + id + " completed at ");
        assertThat(cli.run("release", "show", id).out()).startsWith("release " + id + " (completed)");

        Cli.Ran again = cli.run("release", "commit", id);
        assertThat(again.exit()).isEqualTo(5);
        assertThat(again.complaint()).contains("release " + id + " is completed");

        assertThat(cli.run("release", "revert", id).exit()).isZero();
        assertThat(cli.run("release", "show", "--json", id)
                        .json()
                        .path("status_name")
                        .asText())
                .isEqualTo("reverted");
    }

    @Test
    void noTokenIsEverPrinted() throws Exception {
        String token = Objects.requireNonNull(companion
                .token("secretive", List.of("builds:create", "builds:read"))
                .token());
        Cli own = new Cli(companion.url().toString(), token);

        for (Cli.Ran ran : List.of(
                own.run("build", "--no-wait", "--platform", platform, source),
                own.run("build", "--no-wait", "--json", "--platform", "no-such", source),
                own.run("release", "show", "1"),
                own.run("token", "list"))) {
            assertThat(ran.out() + ran.err()).doesNotContain(token);
        }
    }
}
