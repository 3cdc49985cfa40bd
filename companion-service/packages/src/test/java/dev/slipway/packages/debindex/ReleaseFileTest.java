package dev.slipway.packages.debindex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.packages.debindex.Index.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseFileTest {

    private static final Instant DATE = Instant.parse("2024-03-05T06:07:08Z");
    private static final Suite SUITE = Suite.of("demo", "Slipway", List.of("amd64"));
    private static final IndexFile PLAIN = new IndexFile("main/binary-amd64/Packages", 12, "a".repeat(64), false);
    private static final IndexFile PACKED = new IndexFile("main/binary-amd64/Packages.gz", 9, "b".repeat(64), true);

    @Test
    void writesDatesInTheOneFormThatAptReads() {
        assertThat(text(SUITE, Duration.ofDays(7), List.of()))
                .contains("Date: Tue, 05 Mar 2024 06:07:08 +0000\nValid-Until: Tue, 12 Mar 2024 06:07:08 +0000\n");
    }

    @Test
    void listsFilesInOrderOfTheirPaths() {
        assertThat(text(SUITE, null, List.of(PACKED, PLAIN)))
                .endsWith("SHA256:\n " + "a".repeat(64) + "               12 main/binary-amd64/Packages\n "
                        + "b".repeat(64) + "                9 main/binary-amd64/Packages.gz\n");
    }

    @Test
    void refusesAnIndexInPackedFormAlone() {
        assertThatThrownBy(() -> text(SUITE, null, List.of(PACKED)))
                .hasMessage("the index main/binary-amd64/Packages.gz is listed without its plain form");
    }

    @Test
    void refusesAnIndexThatIsListedTwice() {
        assertThatThrownBy(() -> text(SUITE, null, List.of(PLAIN, PLAIN))).hasMessageContaining("listed twice");
    }

    @Test
    void tellsAptWhenPackagesForAllArchitecturesAreEverywhere() {
        assertThat(text(Suite.of("demo", "Slipway", List.of("amd64", "all")), null, List.of()))
                .contains("No-Support-for-Architecture-all: Packages\nArchitectures: amd64 all\n");
        assertThat(text(SUITE, null, List.of())).doesNotContain("No-Support");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "/abs", "a//b", "a\nb", ".", "a/.."})
    void refusesSuitesThatNoPathCanHave(String name) {
        assertThatThrownBy(() -> Suite.of(name, "Slipway", List.of("amd64")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTextThatWouldAddFields() {
        assertThatThrownBy(() -> Suite.of("demo", "Slipway\nSigned-By: evil", List.of("amd64")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesEveryIndexOfASuite() {
        var suite = new Suite(
                "a/b", "c", "o", "l", null, List.of("main", "extra"), List.of("amd64", "arm64"), true, true, false);

        assertThat(new AptLayout(suite).indexes())
                .extracting(Index::path)
                .containsExactly(
                        "main/binary-amd64/Packages",
                        "main/Contents-amd64",
                        "main/binary-arm64/Packages",
                        "main/Contents-arm64",
                        "main/source/Sources",
                        "extra/binary-amd64/Packages",
                        "extra/Contents-amd64",
                        "extra/binary-arm64/Packages",
                        "extra/Contents-arm64",
                        "extra/source/Sources");
    }

    @Test
    void servesStoredFilesUnderTheirNameAndTheirHash() {
        var paths = new AptLayout(SUITE).stored(List.of(PLAIN, PACKED));

        assertThat(paths.keySet())
                .containsExactly(
                        "dists/demo/main/binary-amd64/Packages.gz",
                        "dists/demo/main/binary-amd64/by-hash/SHA256/" + "b".repeat(64));
    }

    @Test
    void packagesForAllArchitecturesAreListedWithEach() {
        var index = new Index(Kind.PACKAGES, "main", "amd64");

        assertThat(index.lists("all")).isTrue();
        assertThat(index.lists("amd64")).isTrue();
        assertThat(index.lists("arm64")).isFalse();
        assertThat(new Index(Kind.SOURCES, "main", "source").lists("all")).isFalse();
    }

    private static String text(Suite suite, @Nullable Duration validFor, List<IndexFile> files) {
        return new String(ReleaseFile.write(suite, DATE, validFor, files), UTF_8);
    }
}
