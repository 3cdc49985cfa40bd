package dev.slipway.worker.runtime;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.TestWork;
import dev.slipway.api.tasks.WorkFile;
import dev.slipway.api.tasks.WorkPlatform;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.client.SlipwayClient;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.RepositorySpec;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.SourceSpec;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Build and test tasks: what the companion says becomes a job of the engine, and its result what is reported. */
final class EngineTasks {
    private final SlipwayClient client;
    private final Engine engine;

    EngineTasks(SlipwayClient client, Engine engine) {
        this.client = client;
        this.engine = engine;
    }

    Work build(HeldTask held, BuildWork work, Path directory, LogSink log) throws IOException, InterruptedException {
        PlatformSpec platform = platform(work.platform(), held.task());
        Path output = Files.createDirectory(directory.resolve("output"));
        String id = jobId(held);
        Cancellation cancellation = held.cancellation();
        BuildOptions options = work.options();
        if (work.step().equals("source")) {
            BuildWork.Source source = work.source();
            SourceSpec spec = new SourceSpec(source.url(), source.gitRef(), source.refType(), source.commitHash());
            return built(engine.source(new SourceJob(id, platform, spec, options, output), log, cancellation));
        }
        List<Path> sources = fetch(held, work.sourceArtifacts(), directory);
        return built(engine.build(
                new BuildJob(
                        id,
                        platform,
                        work.arch(),
                        work.withArchAll(),
                        sources,
                        repositories(work.repositories()),
                        options,
                        output),
                log,
                cancellation));
    }

    Work test(HeldTask held, TestWork work, Path directory, LogSink log) throws IOException, InterruptedException {
        List<TestJob.TestedPackage> packages = work.packages().stream()
                .map(p -> new TestJob.TestedPackage(p.name(), p.version(), p.release(), p.arch()))
                .toList();
        TestResult result = engine.test(
                new TestJob(
                        jobId(held),
                        platform(work.platform(), held.task()),
                        work.arch(),
                        packages,
                        fetch(held, work.sourceArtifacts(), directory),
                        repositories(work.repositories()),
                        work.scripts()),
                log,
                held.cancellation());
        return new Work(
                word(result.outcome()),
                result.message(),
                diagnosis(result.diagnosis()),
                List.of(),
                null,
                result.rootPackages(),
                result.cases());
    }

    private static Work built(BuildResult result) {
        return new Work(
                word(result.outcome()),
                result.message(),
                diagnosis(result.diagnosis()),
                result.artifacts(),
                result.commit(),
                result.rootPackages(),
                List.of());
    }

    private static String word(Outcome outcome) {
        return outcome == Outcome.CANCELLED ? "error" : outcome.word();
    }

    private static TaskReport.@Nullable Diagnosis diagnosis(@Nullable Diagnosis found) {
        return found == null ? null : new TaskReport.Diagnosis(found.code().name(), found.message());
    }

    private static String jobId(HeldTask held) {
        return "task-" + held.id() + "-" + held.task().lease().generation();
    }

    private static PlatformSpec platform(WorkPlatform platform, ClaimedTask task) {
        PlatformSpec spec = PlatformSpec.of(platform.name(), platform.type(), platform.distrVersion(), platform.data());
        return spec.within(Duration.ofSeconds(task.timeoutSeconds()));
    }

    private List<RepositorySpec> repositories(List<WorkRepository> given) {
        return given.stream()
                .map(r -> new RepositorySpec(
                        r.name(),
                        r.url().startsWith("/") ? resolve(r.url()) : r.url(),
                        PackageFormat.of(r.type()),
                        r.suite(),
                        r.components(),
                        r.trusted(),
                        r.key(),
                        r.priority()))
                .toList();
    }

    private String resolve(String path) {
        return client.api().base().replaceAll("/+$", "") + path;
    }

    private List<Path> fetch(HeldTask held, List<WorkFile> files, Path directory)
            throws IOException, InterruptedException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        List<Path> fetched = new ArrayList<>();
        for (WorkFile file : files) {
            Path to = sources.resolve(file.name()).normalize();
            if (!sources.equals(to.getParent())) {
                throw new IOException("the companion named a source file that is no plain name: " + file.name());
            }
            Persistence.until(held, "fetching " + file.name(), () -> {
                client.blobs().download(file.url(), file.sha256(), file.size(), to);
                return to;
            });
            fetched.add(to);
        }
        return fetched;
    }

    /** The reported form of a file that was uploaded. */
    static ReportedArtifact reported(ArtifactFile file, String sha256) throws IOException {
        return new ReportedArtifact(file.name(), file.type().word(), sha256, Files.size(file.path()));
    }
}
