package dev.slipway.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmReader;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.testkit.EngineFixture;
import dev.slipway.worker.testkit.Platforms;
import dev.slipway.worker.testkit.Samples;
import dev.slipway.worker.testkit.SharedEngine;
import dev.slipway.worker.testkit.SourceRepository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rpm's tools would do the wrong thing and say nothing. */
@Tag("slow")
class SilentRpmTrapsTest {
    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new EngineFixture(directory);
    }

    /** rpmbuild forgets macro files given with --load when there is a --target, and rpmrc's flags beat a macro file's. */
    @Test
    void thePlatformsMacrosHoldThoughTheTargetIsGiven() throws Exception {
        BuildResult built = fixture.build(Platforms.rpm(), "knots", Samples.knots());

        assertThat(built.outcome()).as(fixture.log().text()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(EngineFixture.names(built))
                .contains("knots-1.3-2.demo9.x86_64.rpm", "knots-debuginfo-1.3-2.demo9.x86_64.rpm");
        assertThat(fixture.log().text()).contains("-O2 -g -Wall -fstack-protector-strong");
        Path made = built.artifacts().stream()
                .filter(file -> file.name().equals("knots-1.3-2.demo9.x86_64.rpm"))
                .findFirst()
                .orElseThrow()
                .path();
        RpmPackage read = RpmReader.read(made);
        assertThat(read.about().vendor()).isEqualTo("Demo Linux");
        assertThat(read.about().buildHost()).isEqualTo("reproducible");
    }

    /** A source package's name carries the dist of whoever made it. */
    @Test
    void eachPlatformGetsASourcePackageOfItsOwn() {
        SourceRepository repository = SourceRepository.of(fixture.directory("git"), "knots", Samples.knots());
        Map<String, Object> data = new HashMap<>(Platforms.rpmData(Map.of()));
        data.put("macros", Map.of("dist", ".demo10"));
        PlatformSpec other = PlatformSpec.of("demo10", "rpm", "10", data);

        assertThat(EngineFixture.names(fixture.source(Platforms.rpm(), repository.spec())))
                .containsExactly("knots-1.3-2.demo9.src.rpm");
        assertThat(EngineFixture.names(fixture.source(other, repository.spec())))
                .containsExactly("knots-1.3-2.demo10.src.rpm");
    }

    /** Without a database that it can open, rpmbuild leaves the build dependencies unchecked and goes on. */
    @Test
    void rpmbuildItselfChecksBuildDependenciesInARoot() {
        Path source = fixture.source(
                        Platforms.rpm(),
                        "sail",
                        Map.of(
                                "sail.spec",
                                Samples.noarchSpec("sail", "\n%files\n")
                                        .replace("License:", "BuildRequires: far-devel\nLicense:")))
                .get(0);
        try (Workbench.Place place = SharedEngine.bench()
                .open("unchecked", Platforms.rpm(), Purpose.BUILD, "x86_64", fixture.log(), fixture.cancellation())) {
            place.sandbox().give(source);

            boolean built = place.sandbox()
                    .run(Phase.build(List.of("rpmbuild", "--rebuild", "/slipway/in/" + source.getFileName())))
                    .ok();

            assertThat(built).isFalse();
            assertThat(fixture.log().text()).contains("far-devel is needed by sail");
        }
    }
}
