package dev.slipway.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackagePathTest {

    @Test
    void putsAnRpmBelowItsFirstCharacterInLowerCase() {
        assertThat(PackagePath.rpm("Soundings-1-1.noarch.rpm")).isEqualTo("Packages/s/Soundings-1-1.noarch.rpm");
    }

    @Test
    void putsADebBelowItsSource() {
        assertThat(PackagePath.deb("soundings", "soundings_1_all.deb"))
                .isEqualTo("pool/main/s/soundings/soundings_1_all.deb");
    }

    @Test
    void tellsLibrariesApartByTheirFourthLetter() {
        assertThat(PackagePath.deb("libfathom", "libfathom2_1_amd64.deb"))
                .isEqualTo("pool/main/libf/libfathom/libfathom2_1_amd64.deb");
    }

    @Test
    void putsASourceNamedLibBelowItsFirstLetter() {
        assertThat(PackagePath.debDirectory("lib")).isEqualTo("pool/main/l/lib");
    }
}
