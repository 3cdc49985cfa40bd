package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.RpmSpec;
import dev.slipway.packages.fixtures.SampleRpms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RpmComparisonTest {
    private static Path rpm(Consumer<RpmSpec> more) {
        return SampleRpms.build(spec -> {
            spec.name("atlas").arch("noarch").file("/usr/share/atlas/map", "north\n");
            more.accept(spec);
        });
    }

    private static List<String> differences(Consumer<RpmSpec> first, Consumer<RpmSpec> second) throws IOException {
        return RpmComparison.differences(rpm(first), rpm(second));
    }

    @Test
    void passesOverWhereAndWhenAPackageWasBuilt() throws IOException {
        assertThat(differences(
                        spec -> spec.macro("_buildhost", "one.example"),
                        spec -> spec.macro("_buildhost", "two.example")))
                .isEmpty();
    }

    @Test
    void tellsAFileWithOtherContent() throws IOException {
        assertThat(differences(
                        spec -> spec.file("/usr/share/atlas/arch", "i686\n"),
                        spec -> spec.file("/usr/share/atlas/arch", "x86\n")))
                .containsExactly("/usr/share/atlas/arch has another content");
    }

    @Test
    void tellsAFileThatOneLacks() throws IOException {
        assertThat(differences(spec -> {}, spec -> spec.file("/usr/share/atlas/more", "south\n")))
                .containsExactly("/usr/share/atlas/more is in the second alone");
    }

    @Test
    void tellsADependencyThatOneHasAlone() throws IOException {
        assertThat(differences(spec -> spec.requires("compass >= 2"), spec -> {}))
                .containsExactly("the first alone requires compass >= 2");
    }

    @Test
    void tellsAnotherScript() throws IOException {
        assertThat(differences(spec -> spec.section("%post", "echo one"), spec -> spec.section("%post", "echo two")))
                .containsExactly("the script after installation differs");
    }

    @Test
    void tellsALinkToAnotherPlace() throws IOException {
        assertThat(differences(
                        spec -> spec.symlink("/usr/share/atlas/now", "map"),
                        spec -> spec.symlink("/usr/share/atlas/now", "old")))
                .contains("/usr/share/atlas/now has another target");
    }
}
