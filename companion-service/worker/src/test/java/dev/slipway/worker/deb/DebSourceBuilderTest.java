package dev.slipway.worker.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.worker.engine.BuildEngine;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.testkit.CollectedLog;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.testkit.SourceRepository;
import dev.slipway.worker.tools.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DebSourceBuilderTest {
    private static final String PATCH = """
            --- a/knots.c
            +++ b/knots.c
            @@ -4,5 +4,5 @@
             {
                 double kn = argc > 1 ? atof(argv[1]) : 1.0;
            -    printf("%.3f km/h\\n", kn * 1.852);
            +    printf("%.3f km/h\\n", 1.852 * kn);
                 return 0;
             }
            """;

    @TempDir
    Path directory;

    private final CollectedLog log = new CollectedLog();

    @Test
    void takesUpstreamsArchiveFromARepositoryThatKeepsThePatchedTree() throws Exception {
        Map<String, String> files = withPatch();
        files.computeIfPresent("knots.c", (name, text) -> text.replace("kn * 1.852", "1.852 * kn"));

        BuildResult source = source(files);

        assertThat(source.message()).as(log.text()).isNull();
        assertThat(upstreamsProgram(source)).contains("kn * 1.852");
    }

    @Test
    void takesUpstreamsArchiveFromARepositoryThatKeepsThePatchesApart() throws Exception {
        BuildResult source = source(withPatch());

        assertThat(source.message()).as(log.text()).isNull();
        assertThat(upstreamsProgram(source)).contains("kn * 1.852");
    }

    private static Map<String, String> withPatch() {
        Map<String, String> files = Samples.knots();
        files.put("debian/patches/series", "# one patch\nproduct.patch\n");
        files.put("debian/patches/product.patch", PATCH);
        return files;
    }

    private BuildResult source(Map<String, String> files) throws IOException {
        BuildEngine engine = SharedEngine.get();
        SourceRepository repository = SourceRepository.of(directory, "knots", files);
        SourceJob job = new SourceJob(
                "patched-source",
                Platforms.deb(),
                repository.spec(),
                BuildOptions.NONE,
                Files.createDirectory(directory.resolve("out")));
        return engine.source(job, log, new Cancellation());
    }

    private static String upstreamsProgram(BuildResult source) throws IOException {
        Path archive = source.artifacts().stream()
                .map(ArtifactFile::path)
                .filter(path -> path.toString().endsWith(".orig.tar.gz"))
                .findFirst()
                .orElseThrow();
        Process tar = new ProcessBuilder("tar", "-x", "-O", "-f", archive.toString(), "knots-1.3/knots.c")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
