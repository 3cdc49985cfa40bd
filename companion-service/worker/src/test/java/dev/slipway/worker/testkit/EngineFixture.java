package dev.slipway.worker.testkit;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.TestScript;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.RepositorySpec;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.SourceSpec;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.tools.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs jobs in the shared engine for one test. */
public final class EngineFixture {
    private final Path directory;
    private final CollectedLog log = new CollectedLog();
    private final Cancellation cancellation = new Cancellation();

    public EngineFixture(Path directory) {
        this.directory = directory;
    }

    public CollectedLog log() {
        return log;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    public BuildResult source(PlatformSpec platform, SourceSpec spec) {
        return source(platform, spec, BuildOptions.NONE);
    }

    public BuildResult source(PlatformSpec platform, SourceSpec spec, BuildOptions options) {
        return SharedEngine.get()
                .source(new SourceJob("source", platform, spec, options, directory("source")), log, cancellation);
    }

    /** Makes the source package of these files, which must succeed. */
    public List<Path> source(PlatformSpec platform, String name, Map<String, String> files) {
        SourceRepository repository = SourceRepository.of(directory("git"), name, files);
        BuildResult result = source(platform, repository.spec());
        if (result.outcome() != Outcome.SUCCEEDED) {
            throw new AssertionError(result + "\n" + log.text());
        }
        return paths(result);
    }

    public BuildResult build(PlatformSpec platform, List<Path> sources, List<RepositorySpec> repositories) {
        return build(platform, sources, repositories, BuildOptions.NONE);
    }

    public BuildResult build(
            PlatformSpec platform, List<Path> sources, List<RepositorySpec> repositories, BuildOptions options) {
        String arch = platform.format() == PackageFormat.RPM ? "x86_64" : "amd64";
        return SharedEngine.get()
                .build(
                        new BuildJob("build", platform, arch, true, sources, repositories, options, directory("built")),
                        log,
                        cancellation);
    }

    /** Builds these files from Git to packages. */
    public BuildResult build(PlatformSpec platform, String name, Map<String, String> files) {
        return build(platform, source(platform, name, files), List.of());
    }

    public TestResult test(
            PlatformSpec platform,
            List<TestedPackage> packages,
            List<Path> sources,
            RepositorySpec repository,
            TestScript... scripts) {
        String arch = platform.format() == PackageFormat.RPM ? "x86_64" : "amd64";
        return SharedEngine.get()
                .test(
                        new TestJob("test", platform, arch, packages, sources, List.of(repository), List.of(scripts)),
                        log,
                        cancellation);
    }

    /** A new directory of the test's. */
    public Path directory(String name) {
        try {
            return Files.createTempDirectory(directory, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<Path> paths(BuildResult result) {
        return result.artifacts().stream().map(ArtifactFile::path).toList();
    }

    public static List<String> names(BuildResult result) {
        return result.artifacts().stream().map(ArtifactFile::name).toList();
    }
}
