package dev.slipway.server.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void anArchitectureOfOneFormatStandsForThatFormat() {
        assertThat(Slots.offered(List.of("build", "test"), List.of("x86_64"), List.of()))
                .containsExactly("build:rpm:x86_64", "test:rpm:x86_64");
        assertThat(Slots.offered(List.of("build"), List.of("amd64"), List.of())).containsExactly("build:deb:amd64");
    }

    @Test
    void sourcePackagesAreMadeForBothFormatsUnlessNarrowed() {
        assertThat(Slots.offered(List.of("build", "test"), List.of("src"), List.of()))
                .containsExactly("build:rpm:src", "build:deb:src");
        assertThat(Slots.offered(List.of("build"), List.of("src:deb"), List.of()))
                .containsExactly("build:deb:src");
    }

    @Test
    void aNameThatBothFormatsKnowStandsForBoth() {
        assertThat(Slots.offered(List.of("build"), List.of("s390x"), List.of()))
                .containsExactly("build:rpm:s390x", "build:deb:s390x");
    }

    @Test
    void keysAreOfferedOnlyForSigning() {
        assertThat(Slots.offered(List.of("build"), List.of(), List.of("89abcdef01234567")))
                .isEmpty();
        assertThat(Slots.offered(List.of("sign"), List.of(), List.of("89abcdef01234567")))
                .containsExactly("sign:89ABCDEF01234567", "sign:89ABCDEF01234567:metadata");
    }

    @Test
    void namesTheArchitectureThatIsNone() {
        assertThat(Slots.faultOfArch("x86_64")).isNull();
        assertThat(Slots.faultOfArch("src:rpm")).isNull();
        assertThat(Slots.faultOfArch("src:exe")).contains("src:exe");
        assertThat(Slots.faultOfArch("../x")).contains("../x");
    }
}
