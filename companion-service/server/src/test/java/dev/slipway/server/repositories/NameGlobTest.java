package dev.slipway.server.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameGlobTest {

    @ParameterizedTest
    @CsvSource({
        "wordfreq, wordfreq",
        "word*, wordfreq",
        "*freq, wordfreq",
        "w*d*q, wordfreq",
        "lib?ally, libtally",
        "lib[s-u]ally, libtally",
        "lib[!a-c]ally, libtally",
        "gcc-c++, gcc-c++",
        "*, anything",
        "a[b, a[b",
        "**x, x"
    })
    void matchesTheWholeName(String glob, String name) {
        assertThat(new NameGlob(glob).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "word, wordfreq",
        "freq, wordfreq",
        "lib?ally, libally",
        "lib[a-c]ally, libtally",
        "lib[!t]ally, libtally",
        "w.rdfreq, wordfreq",
        "'', x"
    })
    void refusesEveryOtherName(String glob, String name) {
        assertThat(new NameGlob(glob).matches(name)).isFalse();
    }

    @Test
    void isQuickWhateverThePattern() {
        NameGlob hostile = new NameGlob("*a".repeat(100) + "b");

        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(hostile.matches("a".repeat(5000))).isFalse());
    }
}
