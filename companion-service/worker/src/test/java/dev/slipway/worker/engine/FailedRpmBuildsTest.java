package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.api.builds.RefType;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.testkit.EngineFixture;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.testkit.SourceRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with an RPM build is told in one line with its kind, at the end of the log too; nothing is left. */
@Tag("slow")
class FailedRpmBuildsTest {
    private static final String END = """

            %files

            %changelog
            * Mon Nov 02 2026 Slipway <packages@slipway.example> - 1-1
            - First package
            """;

    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new EngineFixture(directory);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        String own = ProcessHandle.current().pid() + "-";
        try (Stream<Path> workers = Files.list(SharedEngine.home().resolve("jobs"))) {
            for (Path worker : workers.filter(
                            each -> String.valueOf(each.getFileName()).startsWith(own))
                    .toList()) {
                assertThat(worker).isDirectoryNotContaining(file -> !file.endsWith("lock"));
            }
        }
    }

    private BuildResult source(String spec) {
        SourceRepository repository = SourceRepository.of(fixture.directory("git"), "sail", Map.of("sail.spec", spec));
        return fixture.source(Platforms.rpm(), repository.spec());
    }

    private BuildResult build(PlatformSpec platform, String more) {
        return fixture.build(platform, "sail", Map.of("sail.spec", Samples.noarchSpec("sail", more + END)));
    }

    private void assertEnds(BuildResult result, Outcome outcome, Code code, String message) {
        assertThat(result.message()).as(fixture.log().text()).isEqualTo(message);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.diagnosis())
                .asInstanceOf(type(Diagnosis.class))
                .extracting(Diagnosis::code)
                .isEqualTo(code);
        assertThat(result.artifacts()).isEmpty();
        assertThat(fixture.log().text()).endsWith("slipway: " + outcome.word() + ": " + message + "\n");
    }

    @Test
    void aSourceThatDoesNotExist() {
        SourceRepository gone = SourceRepository.of(fixture.directory("git"), "gone", Map.of("a", "1"));
        String url = gone.url() + "-never-was";

        BuildResult result =
                fixture.source(Platforms.rpm(), new dev.slipway.worker.jobs.SourceSpec(url, null, RefType.ANY, null));

        assertThat(result.message())
                .startsWith("cannot read the repository " + url + ": ")
                .doesNotContain("\n");
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(Code.SOURCE_UNAVAILABLE);
    }

    @Test
    void aRefThatDoesNotExist() {
        SourceRepository repository = SourceRepository.of(fixture.directory("git"), "sail", Map.of("a", "1"));

        BuildResult result = fixture.source(Platforms.rpm(), repository.spec("v9", RefType.TAG));

        assertEnds(
                result,
                Outcome.FAILED,
                Code.SOURCE_UNAVAILABLE,
                "the repository " + repository.url() + " has no tag \"v9\"");
    }

    @Test
    void aSpecThatDoesNotParse() {
        BuildResult result = source(Samples.noarchSpec("sail", "\n%if 1\n" + END));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).startsWith("sail.spec can't be read: ").doesNotContain("\n");
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(Code.SOURCE_INVALID);
        assertThat(fixture.log().text()).contains("Unclosed %if");
    }

    @Test
    void aSourceFileThatTheRepositoryLacks() {
        assertEnds(
                source(Samples.noarchSpec("sail", END).replace("License:", "Patch0: wind.patch\nLicense:")),
                Outcome.FAILED,
                Code.MISSING_FILE,
                "sail.spec names the source wind.patch, which the repository does not have");
    }

    @Test
    void aBuildDependencyThatNobodyHas() {
        List<Path> sources = fixture.source(
                Platforms.rpm(),
                "sail",
                Map.of(
                        "sail.spec",
                        Samples.noarchSpec("sail", END)
                                .replace("License:", "BuildRequires: far-devel >= 2\nLicense:")));

        assertEnds(
                fixture.build(Platforms.rpm(), sources, List.of()),
                Outcome.FAILED,
                Code.UNMET_DEPENDENCY,
                "unmet build dependency: far-devel >= 2");
    }

    // acceptance case 51
    @ParameterizedTest
    @CsvSource({
        "ExcludeArch: s390x x86_64, ExcludeArch of sail-1-1.demo9.src.rpm names x86_64",
        "ExclusiveArch: s390x aarch64, ExclusiveArch of sail-1-1.demo9.src.rpm does not name x86_64"
    })
    void anArchitectureThatTheSpecExcludesIsNoFailure(String line, String message) {
        BuildResult result = fixture.build(
                Platforms.rpm(),
                "sail",
                Map.of("sail.spec", Samples.noarchSpec("sail", END).replace("License:", line + "\nLicense:")));

        assertThat(result.outcome()).as(fixture.log().text()).isEqualTo(Outcome.EXCLUDED);
        assertThat(result.message()).isEqualTo(message);
    }

    // acceptance case 51
    @Test
    void anArchitectureThatTheSpecNamesIsBuilt() {
        BuildResult result = fixture.build(
                Platforms.rpm(),
                "sail",
                Map.of(
                        "sail.spec",
                        Samples.noarchSpec("sail", END)
                                .replace("License:", "ExclusiveArch: x86_64\nExcludeArch: s390x\nLicense:")));

        assertThat(result.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aCheckThatFailsIsNamedByItsSection() {
        assertEnds(
                build(Platforms.rpm(), "\n%check\necho the mast is broken; exit 3\n"),
                Outcome.FAILED,
                Code.SPEC_SECTION,
                "the section %check of the spec failed");
        assertThat(fixture.log().text()).contains("the mast is broken");
    }

    @Test
    void aBuildThatRunsForEver() {
        assertEnds(
                build(Platforms.rpm(Map.of("timeout", 25)), "\n%build\nsleep 4731\n"),
                Outcome.FAILED,
                Code.TIMEOUT,
                "timed out after 25 seconds");
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 4731"));
    }

    @Test
    void aBuildThatFillsTheDisk() {
        assertEnds(
                build(
                        Platforms.rpm(Map.of("disk_mb", 200)),
                        "\n%build\nfor i in $(seq 20); do head -c 30M /dev/zero >$i; done\nsleep 4732\n"),
                Outcome.FAILED,
                Code.NO_FREE_SPACE,
                "wrote more than the 200 MB of disk it may use");
    }

    @Test
    void aBuildThatForksWithoutEnd() {
        assertEnds(
                build(
                        Platforms.rpm(Map.of("processes", 100)),
                        "\n%build\nfor i in $(seq 300); do sleep 4733 & done\nwait\n"),
                Outcome.FAILED,
                Code.TOO_MANY_PROCESSES,
                "the build started more processes than it may");
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 4733"));
    }

    @Test
    void aWorkerWithoutTheTools() {
        BuildEngine bare = new BuildEngine(
                SharedEngine.bench(), new dev.slipway.worker.tools.ToolCheck(List.of(directory.resolve("no-bin"))));

        BuildResult result = bare.source(
                new dev.slipway.worker.jobs.SourceJob(
                        "source",
                        Platforms.rpm(),
                        SourceRepository.of(fixture.directory("git"), "sail", Map.of("a", "1"))
                                .spec(),
                        dev.slipway.api.builds.BuildOptions.NONE,
                        fixture.directory("out")),
                fixture.log(),
                fixture.cancellation());

        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(Code.TOOL_MISSING);
        assertThat(result.message())
                .contains("rpmbuild is missing: install the Debian package rpm")
                .doesNotContain("\n");
    }
}
