package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.testkit.EngineFixture;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import dev.slipway.worker.testkit.SourceRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a Debian build is told in one line with its kind. */
// acceptance case 96
@Tag("slow")
class FailedDebBuildsTest {
    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new EngineFixture(directory);
    }

    private static Map<String, String> with(String file, String what, String instead) {
        Map<String, String> files = Samples.knots();
        String before = files.getOrDefault(file, "");
        files.put(file, before.replace(what, instead));
        assertThat(files.get(file)).isNotEqualTo(before);
        return files;
    }

    private static void assertFailed(BuildResult result, Code code, String message) {
        assertThat(result.message()).isEqualTo(message);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(code);
        assertThat(result.artifacts()).isEmpty();
    }

    @Test
    void aBuildDependencyThatNobodyHas() {
        List<Path> sources = fixture.source(
                Platforms.deb(),
                "knots",
                with("debian/control", "debhelper-compat (= 13)", "debhelper-compat (= 13), libfar-dev (>= 2)"));

        assertFailed(
                fixture.build(Platforms.deb(), sources, List.of()),
                Code.UNMET_DEPENDENCY,
                "unmet build dependency: libfar-dev (>= 2)");
    }

    @Test
    void aTestThatFailsIsNamedByItsStep() {
        BuildResult result =
                fixture.build(Platforms.deb(), "knots", with("tests/speed.sh", "18.520 km/h", "18.521 km/h"));

        assertFailed(result, Code.SPEC_SECTION, "debian/rules override_dh_auto_test failed");
    }

    @Test
    void aChangelogThatIsNoneIsNamed() {
        Map<String, String> files = Samples.knots();
        files.put("debian/changelog", "Changes of knots\n");
        SourceRepository repository = SourceRepository.of(fixture.directory("git"), "knots", files);

        BuildResult result = fixture.source(Platforms.deb(), repository.spec());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .contains("debian/changelog does not begin with a name and a version in parentheses")
                .doesNotContain("\n");
    }
}
