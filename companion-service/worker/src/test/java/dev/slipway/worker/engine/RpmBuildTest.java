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
class RpmBuildTest {
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
                                Platforms.rpm(),
                                repository.spec(),
                                BuildOptions.NONE,
                                Files.createDirectory(directory.resolve("src"))),
                        log,
                        new Cancellation());
        assertThat(source.message()).isNull();
        assertThat(source.artifacts()).extracting(file -> file.name()).containsExactly("knots-1.3-2.demo9.src.rpm");
        BuildResult built = SharedEngine.get()
                .build(
                        new BuildJob(
                                "build",
                                Platforms.rpm(),
                                "x86_64",
                                true,
                                List.of(source.artifacts().get(0).path()),
                                List.of(),
                                BuildOptions.NONE,
                                Files.createDirectory(directory.resolve("out"))),
                        log,
                        new Cancellation());
        assertThat(built.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
