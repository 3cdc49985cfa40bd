package dev.slipway.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void takesSecretsOutWhereverTheyStand() {
        assertThat(new Masking(List.of("slp_abc")).line("Bearer slp_abc, again slp_abc"))
                .isEqualTo("Bearer ****, again ****");
    }

    @Test
    void masksTheWholeOfTwoThatBeginAlike() {
        assertThat(new Masking(List.of("slp_abc", "slp_abcdef")).line("slp_abcdef"))
                .isEqualTo("****");
    }

    @Test
    void takesEachLineOfASecretForOne() {
        assertThat(new Masking(List.of("first line\nsecond line\n")).line("it says second line"))
                .isEqualTo("it says ****");
    }

    @Test
    void leavesTheRestReadableWhenASecretIsAlmostNothing() {
        assertThat(new Masking(List.of("", " ", "a")).line("a build")).isEqualTo("a build");
    }

    @Test
    void tellsNobodyWhatItMasks() {
        assertThat(new Masking(List.of("slp_abc")).toString()).doesNotContain("slp_abc");
    }
}
