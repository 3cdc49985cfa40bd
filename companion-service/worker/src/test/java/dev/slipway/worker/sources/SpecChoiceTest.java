package dev.slipway.worker.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecChoiceTest {
    @Test
    void prefersTheSpecNamedAsTheProject() {
        assertThat(SpecChoice.choose(List.of("a.spec", "b.spec", "SPECS/b.spec"), "b"))
                .isEqualTo("b.spec");
    }

    @Test
    void takesTheOnlySpecWhateverItsName() {
        assertThat(SpecChoice.choose(List.of("other.spec", "doc/sample.spec"), "b"))
                .isEqualTo("other.spec");
        assertThat(SpecChoice.choose(List.of("SPECS/other.spec"), "b")).isEqualTo("SPECS/other.spec");
    }

    @Test
    void refusesToGuessAmongSeveral() {
        assertThatThrownBy(() -> SpecChoice.choose(List.of("c.spec", "a.spec"), "b"))
                .hasMessage("the source has several spec files and none is b.spec: a.spec, c.spec");
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> SpecChoice.choose(List.of("doc/a.spec", "README"), "a"))
                .hasMessage("the source has no spec file at its top level, in SPECS or in rpm");
    }
}
