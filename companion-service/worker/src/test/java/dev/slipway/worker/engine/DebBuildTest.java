package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.testkit.SourceRepository;
import dev.slipway.worker.tools.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DebBuildTest {
    @TempDir
    Path directory;

    private final CollectedLog log = new CollectedLog();

    @Test
    void buildsPackagesFromGit() throws Exception {
        SourceRepository repository = SourceRepository.of(directory, "knots", Samples.knots());
        BuildResult source = SharedEngine.get()
                .source(
                        new SourceJob(
                                "source",
                                Platforms.deb(),
                                repository.spec(),
                                BuildOptions.NONE,
                                Files.createDirectory(directory.resolve("src"))),
                        log,
                        new Cancellation());
        assertThat(source.message()).isNull();
        BuildResult built = SharedEngine.get()
                .build(
                        new BuildJob(
                                "build",
                                Platforms.deb(),
                                "amd64",
                                true,
                                source.artifacts().stream().map(f -> f.path()).toList(),
                                List.of(),
                                BuildOptions.NONE,
                                Files.createDirectory(directory.resolve("out"))),
                        log,
                        new Cancellation());
        assertThat(built.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
