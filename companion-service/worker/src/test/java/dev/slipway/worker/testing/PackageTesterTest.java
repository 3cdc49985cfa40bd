package dev.slipway.worker.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.builds.TestScript;
import dev.slipway.api.tasks.TestCase;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.testkit.EngineFixture;
import dev.slipway.worker.testkit.LocalRepository;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PackageTesterTest {
    private static final String FILES_NONE = """

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

    @Test
    void rpmsAreInstalledCheckedTestedAndRemoved() {
        TestResult result = buildAndTest(
                Platforms.rpm(),
                "knots",
                Samples.knots(),
                new TestedPackage("knots", "1.3", "2.demo9", "x86_64"),
                new TestScript("two-knots", "[ \"$(knots 2)\" = '3.704 km/h' ] && [ \"$(id -u)\" = 2000 ]"));
        assertThat(result.cases())
                .extracting(TestCase::name, TestCase::status)
                .containsExactly(
                        tuple("install", "passed"),
                        tuple("files", "passed"),
                        tuple("libraries", "passed"),
                        tuple("test: tests/speed.sh", "passed"),
                        tuple("test: two-knots", "passed"),
                        tuple("remove", "passed"));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.rootPackages()).contains("knots 1.3-2.demo9.x86_64");
    }

    @Test
    void debsAreInstalledCheckedTestedAndRemoved() {
        Map<String, String> files = Samples.knots();
        files.put("debian/tests/control", """
                Tests: speed, complains
                Depends: @, hostname (>= 3)

                Test-Command: test "$(id -u)" = 0 && ! test -e /sys/class/net/eth0
                Features: test-name=as-root
                Restrictions: needs-root

                Tests: far
                Restrictions: needs-internet
                """);
        files.put("debian/tests/complains", "#!/bin/sh\necho grumble >&2\n");
        TestResult result = buildAndTest(
                Platforms.deb(), "knots", files, new TestedPackage("knots", "1.3-2+deb12u1", null, "amd64"));
        assertThat(result.cases())
                .extracting(TestCase::name, TestCase::status)
                .containsExactly(
                        tuple("install", "passed"),
                        tuple("files", "passed"),
                        tuple("libraries", "passed"),
                        tuple("test: complains", "failed"),
                        tuple("test: speed", "passed"),
                        tuple("test: as-root", "passed"),
                        tuple("test: far", "skipped"),
                        tuple("remove", "passed"));
        assertThat(result.message()).isEqualTo("1 of 8 cases failed: test: complains");
    }

    @Test
    void aScriptletThatFailsIsFoundThoughDnfSaysComplete() {
        TestResult result = buildAndTest(
                Platforms.rpm(),
                "posty",
                Map.of("posty.spec", Samples.noarchSpec("posty", "\n%post\nexit 3\n" + FILES_NONE)),
                new TestedPackage("posty", "1", "1.demo9", "noarch"));
        assertThat(fixture.log().text()).contains("Complete!");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(Code.SCRIPTLET_FAILED);
        assertThat(result.message()).contains("posty-1-1.demo9.noarch").contains("scriptlet failed");
    }

    @Test
    void aPackageThatRequiresWhatNobodyHasIsNotInstalled() {
        TestResult result = buildAndTest(
                Platforms.rpm(),
                "needy",
                Map.of(
                        "needy.spec",
                        Samples.noarchSpec("needy", FILES_NONE)
                                .replace("License:", "Requires: nowhere >= 2\nLicense:")),
                new TestedPackage("needy", "1", "1.demo9", "noarch"));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).isEqualTo("unmet dependency: nowhere >= 2");
    }

    @Test
    void aMissingLibraryAndAChangedFileAreNamed() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("stray.c", "int far(void); int main(void) { return far(); }\n");
        files.put("far.c", "int far(void) { return 0; }\n");
        files.put("stray.spec", """
                %global __requires_exclude libfar
                Name:           stray
                Version:        1
                Release:        1%{?dist}
                Summary:        Sample
                License:        MIT
                Source0:        stray.tar.gz
                BuildRequires:  gcc

                %description
                Sample.

                %prep
                %setup -q -n stray

                %build
                gcc -shared -Wl,-soname,libfar.so.1 -o libfar.so far.c
                gcc -g -o stray stray.c -L. -lfar

                %install
                install -D stray %{buildroot}/usr/bin/stray
                install -D far.c %{buildroot}/usr/share/stray/far.c

                %post
                echo changed > /usr/share/stray/far.c

                %files
                /usr/bin/stray
                /usr/share/stray

                %changelog
                * Mon Nov 02 2026 Slipway <packages@slipway.example> - 1-1
                - First package
                """);
        TestResult result =
                buildAndTest(Platforms.rpm(), "stray", files, new TestedPackage("stray", "1", "1.demo9", "x86_64"));
        assertThat(result.cases())
                .filteredOn(one -> "failed".equals(one.status()))
                .extracting(TestCase::name, one -> String.valueOf(one.output()).trim())
                .containsExactly(
                        tuple("files", "S.5....T.    /usr/share/stray/far.c"),
                        tuple("libraries", "/usr/bin/stray needs libfar.so.1"));
    }

    @Test
    void anUnreachableRepositoryIsNotThePackagesFault() {
        LocalRepository gone = LocalRepository.rpm(fixture.directory("repository"), List.of());
        gone.close();
        TestResult result = fixture.test(
                Platforms.rpm(), List.of(new TestedPackage("any", "1", "1", "noarch")), List.of(), gone.trusted());
        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.diagnosis()).extracting(Diagnosis::code).isEqualTo(Code.REPO);
        assertThat(result.message()).startsWith("repository build: ");
    }

    private TestResult buildAndTest(
            PlatformSpec platform,
            String name,
            Map<String, String> files,
            TestedPackage tested,
            TestScript... scripts) {
        List<Path> sources = fixture.source(platform, name, files);
        BuildResult built = fixture.build(platform, sources, List.of());
        assertThat(built.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        Path directory = fixture.directory("repository");
        try (LocalRepository repository = platform.format() == PackageFormat.RPM
                ? LocalRepository.rpm(directory, EngineFixture.paths(built))
                : LocalRepository.deb(
                        directory,
                        EngineFixture.paths(built).stream()
                                .filter(path -> path.toString().endsWith(".deb"))
                                .toList())) {
            return fixture.test(platform, List.of(tested), sources, repository.trusted(), scripts);
        }
    }
}
