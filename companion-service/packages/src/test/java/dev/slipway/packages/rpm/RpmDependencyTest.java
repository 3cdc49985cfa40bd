package dev.slipway.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmDependencyTest {
    // acceptance case 52
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"2, LT", "4, GT", "8, EQ", "10, LE", "12, GE", "0, none", "6, none", "16777226, LE", "1024, none"})
    void readsItsComparisonFromFlags(int flags, RpmDependency.@Nullable Comparison comparison) {
        assertThat(RpmDependency.Comparison.ofFlags(flags)).isEqualTo(Optional.ofNullable(comparison));
    }

    @ParameterizedTest
    @CsvSource({
        "foo, foo = 1, true",
        "foo >= 1, foo, true",
        "foo, bar, false",
        "foo = 1, foo = 1-5, true",
        "foo = 1-5, foo = 1, true",
        "foo = 1-5, foo = 1-6, false",
        "foo = 1, foo = 1:1, false",
        "foo >= 2, foo = 1:1, true",
        "foo >= 2, foo = 1.9-1, false",
        "foo > 2, foo = 2-1, false",
        "foo > 2-0, foo = 2-1, true",
        "foo < 3, foo = 2-1, true",
        "foo < 3, foo = 3-1, false",
        "foo <= 3, foo = 3-1, true",
        "foo < 3, foo >= 2, true",
        "foo < 3, foo >= 3, false",
        "foo <= 3, foo >= 3, true",
        "foo < 3, foo > 5, false",
        "foo > 3, foo > 5, true",
        "foo = 1.0~rc1, foo >= 1.0, false"
    })
    void isSatisfiedByWhatOverlapsIt(String wanted, String provided, boolean satisfied) {
        assertThat(of(wanted).isSatisfiedBy(of(provided))).isEqualTo(satisfied);
    }

    @Test
    void isNotSatisfiedWhenItIsRich() {
        assertThat(of("(a or b)").isSatisfiedBy(of("(a or b)"))).isFalse();
    }

    @Test
    void isWrittenAsInASpecFile() {
        assertThat(of("foo >= 1:2-3")).hasToString("foo >= 1:2-3");
        assertThat(of("foo")).hasToString("foo");
    }

    private static RpmDependency of(String text) {
        String[] parts = text.startsWith("(") ? new String[] {text} : text.split(" ");
        if (parts.length == 1) {
            return new RpmDependency(parts[0], 0, "");
        }
        int flags = switch (parts[1]) {
            case "<" -> 2;
            case ">" -> 4;
            case "=" -> 8;
            case "<=" -> 10;
            default -> 12;
        };
        return new RpmDependency(parts[0], flags, parts[2]);
    }
}
