package dev.slipway.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
    void masksWhatAnArmouredKeyIsAndNotWhatItSaysOfItself() {
        String key = """
                -----BEGIN PGP PRIVATE KEY BLOCK-----
                Comment: releases

                lQVYBGaC2VABDADOJ6Kk0yV2mVn2Q3xu8b1cFq7fB0aNn1ZpP2k9sW4tYx5hLrQ/
                Zm9vYmFyYmF6cXV4Zm9vYg==
                =x9Qa
                -----END PGP PRIVATE KEY BLOCK-----
                """;
        Masking masking = new Masking(Masking.key(key.getBytes(StandardCharsets.US_ASCII)));
        assertThat(key.lines().map(masking::line))
                .containsExactly(
                        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
                        "Comment: releases",
                        "",
                        "****",
                        "****",
                        "****",
                        "-----END PGP PRIVATE KEY BLOCK-----");
    }

    @Test
    void aKeyOfBytesHasNoLines() {
        assertThat(Masking.key(new byte[] {(byte) 0x95, 0x05, 10, 97, 98, 99, 100, 101, 10}))
                .isEmpty();
    }

    @Test
    void tellsNobodyWhatItMasks() {
        assertThat(new Masking(List.of("slp_abc")).toString()).doesNotContain("slp_abc");
    }
}
