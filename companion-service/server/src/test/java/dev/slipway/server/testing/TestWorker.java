package dev.slipway.server.testing;

import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.api.tasks.UploadedArtifact;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.packages.fixtures.SampleDebs;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Speaks a worker's side of the protocol, step by step. */
public final class TestWorker {
    private final TestApi api;
    private final String name;
    private final List<String> arches;

    TestWorker(TestApi api, String name, List<String> arches) {
        this.api = api;
        this.name = name;
        this.arches = arches;
    }

    /** The same worker at another address, for example after a restart. */
    public TestWorker at(TestApi other) {
        return new TestWorker(other, name, arches);
    }

    public String name() {
        return name;
    }

    public TestApi api() {
        return api;
    }

    public void register() {
        Farm.expect(
                api.post("/api/v1/workers/", new WorkerRequest(name, List.of("build", "test"), arches, null, "1")),
                200);
    }

    /** Claims without waiting; null when there is nothing. */
    public ClaimedTask tryClaim() {
        return claim(0);
    }

    /** Claims a task of one of these kinds, which must be there. */
    public ClaimedTask claim(List<String> kinds) {
        TestResponse answer = api.post("/api/v1/tasks/claim", new ClaimRequest(name, kinds, null, null, 0));
        Farm.expect(answer, 200);
        return Objects.requireNonNull(answer.as(ClaimedTask.class), () -> "there was no task for " + name);
    }

    /** Claims a task that must be there. */
    public ClaimedTask claim() {
        ClaimedTask task = tryClaim();
        if (task == null) {
            throw new AssertionError("there was no task for " + name + " with " + arches);
        }
        return task;
    }

    /** Claims the next source package, passing over what else is ready. */
    public ClaimedTask claimSource() {
        ClaimedTask task = claim(List.of("src"), 0);
        if (task == null) {
            throw new AssertionError("there was no source package to make for " + name);
        }
        return task;
    }

    public ClaimedTask claim(int waitSeconds) {
        return claim(null, waitSeconds);
    }

    private ClaimedTask claim(List<String> only, int waitSeconds) {
        TestResponse answer = api.post("/api/v1/tasks/claim", new ClaimRequest(name, null, only, null, waitSeconds));
        Farm.expect(answer, 200);
        return answer.as(ClaimedTask.class);
    }

    public PingAnswer ping(ClaimedTask... tasks) {
        List<PingRequest.Held> held = Arrays.stream(tasks)
                .map(task -> new PingRequest.Held(task.id(), task.lease().id()))
                .toList();
        TestResponse answer = api.post("/api/v1/tasks/ping", new PingRequest(name, held));
        Farm.expect(answer, 200);
        return answer.as(PingAnswer.class);
    }

    public TestResponse log(ClaimedTask task, long offset, String text) {
        return leased(task)
                .putBytes(
                        "/api/v1/tasks/" + task.id() + "/log?offset=" + offset, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestResponse put(ClaimedTask task, String name, byte[] bytes) {
        return leased(task).putBytes("/api/v1/tasks/" + task.id() + "/artifacts/" + name, bytes);
    }

    private TestApi leased(ClaimedTask task) {
        return api.with("Slipway-Lease", task.lease().id().toString());
    }

    /** The work of a claimed build task. */
    public static BuildWork work(ClaimedTask task) {
        return Objects.requireNonNull(task.build(), "it is no build task");
    }

    /** Uploads bytes under a name and describes them for the report. */
    public ReportedArtifact upload(ClaimedTask task, String type, String fileName, byte[] bytes) {
        TestResponse answer = put(task, fileName, bytes);
        Farm.expect(answer, 200);
        UploadedArtifact uploaded = answer.as(UploadedArtifact.class);
        return new ReportedArtifact(uploaded.name(), type, uploaded.sha256(), uploaded.size());
    }

    public ReportedArtifact upload(ClaimedTask task, String type, Path file) {
        try {
            return upload(task, type, file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestResponse report(ClaimedTask task, TaskReport report) {
        return api.post("/api/v1/tasks/" + task.id() + "/report", report);
    }

    public TestResponse report(ClaimedTask task, String outcome, ReportedArtifact... artifacts) {
        return report(task, outcome, null, List.of(artifacts), List.of());
    }

    public TestResponse report(
            ClaimedTask task, String outcome, String message, List<ReportedArtifact> artifacts, List<TestCase> cases) {
        return report(task, new TaskReport(task.lease().id(), outcome, message, null, artifacts, null, null, cases));
    }

    /** Ends a task well with packages of that name, as a real build would: a source package, or one for the architecture. */
    public TestResponse succeed(ClaimedTask task, String packageName) {
        return report(task, "succeeded", results(task, packageName).toArray(ReportedArtifact[]::new));
    }

    /** Uploads what {@link #succeed} reports. */
    public List<ReportedArtifact> results(ClaimedTask task, String packageName) {
        boolean source = task.arch().equals("src");
        if (task.build().platform().type().equals("deb")) {
            return source
                    ? debianSource(task, packageName)
                    : withChanges(
                            task,
                            packageName,
                            List.of(upload(task, "deb", SampleDebs.simple(packageName, "1.0-1", task.arch()))));
        }
        return List.of(
                source
                        ? upload(
                                task,
                                "src_rpm",
                                SampleRpms.build(spec -> spec.name(packageName).source()))
                        : upload(task, "rpm", SampleRpms.simple(packageName, "1.0", task.arch())));
    }

    private List<ReportedArtifact> debianSource(ClaimedTask task, String packageName) {
        Path dsc = SampleDebs.source(packageName, "1.0-1");
        List<ReportedArtifact> artifacts = new ArrayList<>();
        try (var files = Files.list(dsc.getParent())) {
            for (Path file : files.sorted().toList()) {
                String type = file.equals(dsc) ? "dsc" : "source";
                artifacts.add(upload(task, type, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withChanges(task, packageName, artifacts);
    }

    /** Adds what dpkg-buildpackage writes beside its results: their names, sizes and digests. */
    private List<ReportedArtifact> withChanges(ClaimedTask task, String packageName, List<ReportedArtifact> made) {
        String architecture = task.arch().equals("src") ? "source" : task.arch();
        StringBuilder text = new StringBuilder("""
                Format: 1.8
                Source: %s
                Architecture: %s
                Version: 1.0-1
                Distribution: unstable
                Maintainer: Slipway <packages@slipway.example>
                Checksums-Sha256:
                """.formatted(packageName, architecture));
        made.forEach(file -> text.append(" %s %d %s\n".formatted(file.sha256(), file.size(), file.name())));
        List<ReportedArtifact> all = new ArrayList<>(made);
        all.add(upload(
                task,
                "changes",
                packageName + "_1.0-1_" + architecture + ".changes",
                text.toString().getBytes(StandardCharsets.UTF_8)));
        return all;
    }
}
