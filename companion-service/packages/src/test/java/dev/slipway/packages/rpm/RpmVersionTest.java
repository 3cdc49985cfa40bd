package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.packages.fixtures.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmVersionTest {
    // acceptance case 52
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "89-9, 0, 89, 9",
                "2:89-9, 2, 89, 9",
                "2:899, 2, 899, none",
                "2, 0, 2, none",
                "2:89-9-8, 2, 89, 9-8",
                "2:, 2, none, none",
                ":1-1, 0, 1, 1",
                "a:1-1, 0, a:1, 1",
                "-1, 0, none, 1",
                "1:2:3-4, 1, 2:3, 4"
            })
    void readsItsParts(String text, long epoch, @Nullable String version, @Nullable String release) {
        assertThat(RpmVersion.parse(text)).contains(new RpmVersion(epoch, version, release));
    }

    // acceptance case 52
    @Test
    void readsNothingFromAnEmptyText() {
        assertThat(RpmVersion.parse("")).isEmpty();
    }

    // acceptance case 93
    @Test
    void agreesWithRpm() {
        List<String> pairs = pairs();
        pairs.addAll(randomPairs(new Random(7), 500));
        String calls = pairs.stream()
                .map(pair -> "rpm.vercmp('" + pair.replace("|", "','") + "')")
                .collect(Collectors.joining(","));

        String rpms = Command.of("rpm", "--eval", "%{lua:print(table.concat({" + calls + "},' '))}")
                .run()
                .text()
                .strip();

        assertThat(pairs.stream()
                        .map(pair -> pair.split("\\|", -1))
                        .map(pair ->
                                Integer.toString(Integer.signum(parse(pair[0]).compareTo(parse(pair[1])))))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(rpms);
    }

    @Property
    void isAnOrder(@ForAll("versions") String a, @ForAll("versions") String b, @ForAll("versions") String c) {
        int ab = Integer.signum(RpmVersion.compare(a, b));
        int bc = Integer.signum(RpmVersion.compare(b, c));
        assertThat(Integer.signum(RpmVersion.compare(b, a))).isEqualTo(-ab);
        if (ab == bc) {
            assertThat(Integer.signum(RpmVersion.compare(a, c))).isEqualTo(ab);
        }
    }

    @Property
    void putsAPreReleaseBeforeAndASnapshotBehind(@ForAll("versions") String version, @ForAll("words") String word) {
        assertThat(RpmVersion.compare(version + "~" + word, version)).isNegative();
        assertThat(RpmVersion.compare(version + "^" + word, version)).isPositive();
    }

    @Property
    void ignoresLeadingZeros(@ForAll("numbers") int number, @ForAll("words") String word) {
        assertThat(RpmVersion.compare("1.000" + number + word, "1." + number + word))
                .isZero();
    }

    @Property
    void writesWhatItReads(
            @ForAll("words") String version, @ForAll("words") String release, @ForAll("numbers") int epoch) {
        String text = (epoch == 0 ? "" : epoch + ":") + version + "-" + release;
        assertThat(parse(text)).hasToString(text);
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.of("0", "1", "2", "10", "a", "b", "ab", ".", "_", "+", "~", "^", "00", "rc")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abz019").ofMinLength(1).ofMaxLength(4);
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, 99_999);
    }

    private static RpmVersion parse(String text) {
        return RpmVersion.parse(text).orElseThrow();
    }

    /** Pairs known to be hard. */
    private static List<String> pairs() {
        return new ArrayList<>(List.of(
                "1.0|1.0",
                "1.0|2.0",
                "2.0.1|2.0.1a",
                "5.5p1|5.5p10",
                "10xyz|10.1xyz",
                "xyz10|xyz10.1",
                "xyz.4|8",
                "5.5p2|5.6p1",
                "6.0.rc1|6.0",
                "10b2|10a1",
                "1.0aa|1.0a",
                "10.0001|10.1",
                "10.0001|10.0039",
                "4.999.9|5.0",
                "20101121|20101122",
                "2_0|2.0",
                "a|a+",
                "a+|a_",
                "+a|_a",
                "1.0~rc1|1.0",
                "1.0~rc1|1.0~rc2",
                "1.0~rc1~git123|1.0~rc1",
                "1.0^|1.0",
                "1.0^git1|1.0^git2",
                "1.0^git1|1.01",
                "1.0^20160101|1.0.1",
                "1.0~rc1^git1|1.0~rc1",
                "1.0^git1~pre|1.0^git1",
                "1.0^~|1.0^",
                "1:1|2",
                "1:1-1|1:1-2",
                "0:1|1",
                "1-1|1-1.el9",
                "1.|1",
                "1..|1.",
                ".1|1",
                "1a|1.a",
                "00|0",
                "1.0.0|1.0",
                "999999999999999999999|1"));
    }

    private static List<String> randomPairs(Random random, int count) {
        String[] parts = {"0", "1", "2", "10", "a", "b", "ab", ".", "_", "+", "~", "^", "00", "rc"};
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder pair = new StringBuilder("1");
            int middle = random.nextInt(5);
            for (int j = 0; j < middle * 2 + 1; j++) {
                pair.append(j == middle ? "|1" : parts[random.nextInt(parts.length)]);
            }
            pairs.add(pair.toString());
        }
        return pairs;
    }
}
