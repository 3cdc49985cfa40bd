package dev.slipway.server.tasks;

import static dev.slipway.server.testing.TestWorker.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.Task;
import dev.slipway.packages.elf.ElfMachine;
import dev.slipway.packages.elf.SampleElf;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.server.testing.CompanionExtension;
import dev.slipway.server.testing.Farm;
import dev.slipway.server.testing.TestResponse;
import dev.slipway.server.testing.TestWorker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportsTest {
    @RegisterExtension
    static final CompanionExtension companion = new CompanionExtension();

    private final Farm farm = new Farm(companion);
    private TestWorker worker;

    @BeforeEach
    void clear() {
        farm.clear();
        worker = farm.worker("src", "x86_64", "i686", "amd64");
    }

    // acceptance case 17
    @Test
    void theSmallestBuildRunsToItsEndAndGetsTests() {
        String name = Farm.unique("tidewords");
        Build build = farm.build(farm.platform("rpm", "i686", "x86_64"), name);
        assertThat(farm.states(build.id())).containsExactly("0 src ready", "0 i686 blocked", "0 x86_64 blocked");

        worker.succeed(worker.claim(), name);
        assertThat(farm.states(build.id())).containsExactly("0 src succeeded", "0 i686 ready", "0 x86_64 ready");
        worker.succeed(worker.claim(), name);
        worker.succeed(worker.claim(), name);

        Build finished = farm.get(build.id());
        assertThat(finished.tasks()).extracting(BuildTask::status).containsOnly(2);
        assertThat(finished.state()).isEqualTo("succeeded");
        assertThat(finished.finishedAt()).isNotNull();
        assertThat(finished.testTasks())
                .extracting(test -> test.arch() + " " + test.statusName() + " " + test.revision())
                .containsExactlyInAnyOrder("i686 created 1", "x86_64 created 1");
    }

    @Test
    void theBinaryTaskGetsTheSourcePackageAndTheBuildsRepository() {
        String name = Farm.unique("tidewords");
        Build build = farm.build(farm.platform("rpm", "x86_64"), name);
        worker.succeed(worker.claim(), name);

        ClaimedTask binary = worker.claim();

        assertThat(work(binary).step()).isEqualTo("binary");
        assertThat(work(binary).sourceArtifacts()).hasSize(1);
        assertThat(work(binary).sourceArtifacts().get(0).type()).isEqualTo("src_rpm");
        TestResponse source =
                worker.api().get(work(binary).sourceArtifacts().get(0).url());
        assertThat(source.status()).isEqualTo(200);
        assertThat(source.bytes())
                .hasSize((int) work(binary).sourceArtifacts().get(0).size());
        assertThat(work(binary).repositories())
                .anySatisfy(repository -> assertThat(repository.url()).startsWith("/repos/builds/" + build.id() + "/"));
    }

    @Test
    void whatATaskMadeIsServedWhenTheNextOneStarts() {
        String name = Farm.unique("libfathom");
        Build build = farm.build(farm.platform("rpm", "x86_64"), name, name + "-user");
        worker.succeed(worker.claim(), name);
        ClaimedTask second = worker.claim();
        ClaimedTask binary = second.arch().equals("src") ? worker.claim() : second;
        worker.succeed(binary, name);

        String url = farm.get(build.id()).repositories().stream()
                .filter(repository -> repository.arch().equals("x86_64") && !repository.debug())
                .findFirst()
                .orElseThrow()
                .url();
        String path = url.substring(companion.url().toString().length());
        String repomd = companion.anonymous().get(path + "repodata/repomd.xml").text();
        assertThat(repomd).contains("primary");
        assertThat(companion
                        .anonymous()
                        .get(path + "Packages/" + name.charAt(0) + "/" + name + "-1.0-1.x86_64.rpm")
                        .status())
                .isEqualTo(200);
    }

    // acceptance case 36
    @Test
    void theSameReportTwiceHasOneEffect() {
        String name = Farm.unique("tidewords");
        farm.build(farm.platform("rpm", "x86_64"), name);
        ClaimedTask task = worker.claim();
        ReportedArtifact[] results = worker.results(task, name).toArray(ReportedArtifact[]::new);

        TestResponse first = worker.report(task, "succeeded", results);
        TestResponse second = worker.report(task, "succeeded", results);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(companion.value("select count(*) from artifact where task_id = " + task.id()))
                .isEqualTo("1");
        assertThat(worker.report(task, "failed").problem()).isEqualTo("lease-lost");
    }

    // acceptance case 37
    @Test
    void theLastTwoTasksEndingTogetherMakeTestsOnce() throws Exception {
        String name = Farm.unique("tidewords");
        Build build = farm.build(farm.platform("rpm", "i686", "x86_64"), name);
        worker.succeed(worker.claim(), name);
        List<ClaimedTask> last = List.of(worker.claim(), worker.claim());
        List<List<ReportedArtifact>> results =
                last.stream().map(task -> worker.results(task, name)).toList();
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService reporters = Executors.newFixedThreadPool(2);
        try {
            List<Future<TestResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ClaimedTask task = last.get(i);
                ReportedArtifact[] own = results.get(i).toArray(ReportedArtifact[]::new);
                answers.add(reporters.submit(() -> {
                    together.await();
                    return worker.report(task, "succeeded", own);
                }));
            }
            for (Future<TestResponse> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            reporters.shutdownNow();
        }
        assertThat(farm.get(build.id()).testTasks()).hasSize(2);
        assertThat(companion.value("select count(*) from outbox_event where type = 'build.finished' and subject_id = "
                        + build.id()))
                .isEqualTo("1");
    }

    // acceptance cases 39 and 40
    @Test
    void aFailedSourceTaskEndsItsBinariesWithThatReason() {
        Build build = farm.build(farm.platform("rpm", "x86_64", "i686"), "broken", "fine");
        ClaimedTask task = worker.claim();

        worker.report(task, "failed", "the spec file has no %prep section", List.of(), List.of());

        assertThat(farm.states(build.id()))
                .containsExactly(
                        "0 src failed",
                        "0 x86_64 error",
                        "0 i686 error",
                        "1 src ready",
                        "1 x86_64 blocked",
                        "1 i686 blocked");
        assertThat(farm.get(build.id()).tasks().get(1).error())
                .isEqualTo("source package failed: the spec file has no %prep section");
    }

    // acceptance case 25
    @Test
    void aFailedPackageDoesNotHoldUpTheNextOneInTheChain() {
        String first = Farm.unique("first");
        String second = Farm.unique("second");
        Build build = farm.build(farm.platform("rpm", "x86_64"), first, second);
        worker.succeed(worker.claimSource(), first);
        worker.succeed(worker.claimSource(), second);
        ClaimedTask binary = worker.claim();

        worker.report(binary, "failed", "%check failed", List.of(), List.of());

        assertThat(farm.states(build.id())).contains("0 x86_64 failed", "1 x86_64 ready");
        worker.succeed(worker.claim(), second);
        assertThat(farm.get(build.id()).state()).isEqualTo("failed");
    }

    // acceptance case 41
    @Test
    void anExcludedArchitectureIsNoFailure() {
        String name = Farm.unique("tidewords");
        Build build = farm.build(farm.platform("rpm", "x86_64"), name);
        worker.succeed(worker.claim(), name);

        worker.report(worker.claim(), "excluded", "ExcludeArch: x86_64", List.of(), List.of());

        Build finished = farm.get(build.id());
        assertThat(finished.tasks()).extracting(BuildTask::status).containsExactly(2, 4);
        assertThat(finished.state()).isEqualTo("succeeded");
        assertThat(finished.testTasks()).isEmpty();
    }

    // acceptance case 59
    @Test
    void anUploadWithAnotherDigestIsRefused() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = worker.claim();

        TestResponse answer = worker.api()
                .with("Slipway-Lease", task.lease().id().toString())
                .with("Repr-Digest", "sha-256=:" + "A".repeat(43) + "=:")
                .putBytes("/api/v1/tasks/" + task.id() + "/artifacts/x.src.rpm", new byte[] {1, 2});

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("digest-mismatch");
    }

    @Test
    void aReportOfAFileThatWasNeverUploadedIsRefusedAndTheTaskGoesOn() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = worker.claim();

        TestResponse answer =
                worker.report(task, "succeeded", new ReportedArtifact("x.src.rpm", "src_rpm", "0".repeat(64), 7L));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("detail").asText()).contains("x.src.rpm");
        assertThat(task(task).state()).isEqualTo("running");
    }

    // acceptance case 54
    @Test
    void artifactNamesThatAreMoreThanNamesAreRefused() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        ClaimedTask task = worker.claim();

        for (String name : List.of("..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", ".hidden", "a%00b", "-rf")) {
            assertThat(worker.put(task, name, new byte[] {1}).status()).as(name).isIn(400, 404, 422);
        }
        assertThat(companion.value("select count(*) from task_upload where task_id = " + task.id()))
                .isEqualTo("0");
    }

    @Test
    void whatIsNoPackageEndsTheTaskAsFailed() {
        ClaimedTask task = sourceTask();
        ReportedArtifact junk =
                worker.upload(task, "src_rpm", "x-1-1.src.rpm", "not a package".getBytes(StandardCharsets.UTF_8));

        assertRefused(worker.report(task, "succeeded", junk), "NOT_A_PACKAGE", "x-1-1.src.rpm");
    }

    @Test
    void aTruncatedPackageEndsTheTaskAsFailed() throws IOException {
        ClaimedTask task = sourceTask();
        Path whole = SampleRpms.build(spec -> spec.name("tidewords").source());
        byte[] bytes = Files.readAllBytes(whole);
        ReportedArtifact cut =
                worker.upload(task, "src_rpm", whole.getFileName().toString(), Arrays.copyOf(bytes, bytes.length - 10));

        assertRefused(
                worker.report(task, "succeeded", cut),
                "TRUNCATED",
                whole.getFileName().toString());
    }

    // acceptance case 58
    @Test
    void aPackageWithProgramsForAnotherMachineEndsTheTaskAsFailed() {
        String name = Farm.unique("liar");
        farm.build(farm.platform("rpm", "aarch64"), name);
        worker.succeed(worker.claim(), name);
        TestWorker arm = farm.worker("aarch64");
        ClaimedTask task = arm.claim();
        Path liar = SampleRpms.build(
                spec -> spec.name(name).arch("aarch64").file("/usr/bin/" + name, SampleElf.of(ElfMachine.X86_64)));

        TestResponse answer = arm.report(task, "succeeded", arm.upload(task, "rpm", liar));

        assertRefused(answer, "ARCHITECTURE", "aarch64");
    }

    @Test
    void aPackageForAnotherArchitectureThanTheTasksEndsItAsFailed() {
        String name = Farm.unique("tidewords");
        farm.build(farm.platform("rpm", "x86_64"), name);
        worker.succeed(worker.claim(), name);
        ClaimedTask task = worker.claim();

        TestResponse answer =
                worker.report(task, "succeeded", worker.upload(task, "rpm", SampleRpms.simple(name, "1.0", "i686")));

        assertRefused(answer, "ARCHITECTURE", "i686");
    }

    @Test
    void aPackageUnderAnotherNameEndsTheTaskAsFailed() throws IOException {
        ClaimedTask task = sourceTask();
        Path source = SampleRpms.build(spec -> spec.name("tidewords").source());
        ReportedArtifact renamed = worker.upload(task, "src_rpm", "other-1.0-1.src.rpm", Files.readAllBytes(source));

        assertRefused(worker.report(task, "succeeded", renamed), "FILE_NAME", "other-1.0-1.src.rpm");
    }

    @Test
    void aSuccessWithoutPackagesIsNone() {
        assertRefused(worker.report(sourceTask(), "succeeded"), "NO_PACKAGES", "source");
    }

    @Test
    void thePackageOfAnotherSourceWithOtherBytesIsRefused() {
        String name = Farm.unique("twin");
        Build build = farm.build(farm.platform("rpm", "x86_64"), name, "other");
        worker.succeed(worker.claim(), name);
        ClaimedTask second = worker.claimSource();
        Path twin = SampleRpms.build(spec -> spec.name(name).source().description("Other bytes."));

        TestResponse answer = worker.report(second, "succeeded", worker.upload(second, "src_rpm", twin));

        assertRefused(answer, "SAME_IDENTITY", twin.getFileName().toString());
        assertThat(farm.get(build.id()).tasks().get(0).state()).isEqualTo("succeeded");
    }

    @Test
    void debianSourcesComeWithAllTheirFiles() {
        String name = Farm.unique("tidewords");
        farm.build(farm.platform("deb", "amd64"), name);

        worker.succeed(worker.claim(), name);

        ClaimedTask binary = worker.claim();
        assertThat(work(binary).sourceArtifacts())
                .extracting(file -> file.type())
                .contains("dsc", "source");
        assertThat(work(binary).withArchAll()).isTrue();
        TestResponse done = worker.succeed(binary, name);
        assertThat(done.as(Task.class).artifacts()).extracting(Artifact::type).containsExactly("deb", "changes");
        assertThat(done.json().path("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void aDebianSourceWithAChangedFileIsRefused() throws IOException {
        String name = Farm.unique("tidewords");
        farm.build(farm.platform("deb", "amd64"), name);
        ClaimedTask task = worker.claim();
        List<ReportedArtifact> artifacts = new ArrayList<>(worker.results(task, name));
        String archive = artifacts.stream()
                .map(ReportedArtifact::name)
                .filter(file -> file.contains("orig.tar"))
                .findFirst()
                .orElseThrow();
        artifacts.removeIf(artifact -> artifact.name().equals(archive));
        artifacts.add(worker.upload(task, "source", archive, new byte[] {1, 2, 3}));

        TestResponse answer = worker.report(task, "succeeded", artifacts.toArray(ReportedArtifact[]::new));

        assertRefused(answer, "DIGEST_MISMATCH", archive);
        assertThat(SampleDebs.source(name, "1.0-1")).exists();
    }

    private ClaimedTask sourceTask() {
        farm.build(farm.platform("rpm", "x86_64"), "tidewords");
        return worker.claim();
    }

    private static void assertRefused(TestResponse answer, String code, String named) {
        assertThat(answer.status()).isEqualTo(200);
        Task task = answer.as(Task.class);
        assertThat(task.state()).isEqualTo("failed");
        assertThat(task.errorCode()).isEqualTo(code);
        assertThat(task.error()).contains(named).doesNotContain("\n");
        assertThat(task.artifacts()).isEmpty();
    }

    private static Task task(ClaimedTask task) {
        return companion.admin().get("/api/v1/tasks/" + task.id()).as(Task.class);
    }
}
