package dev.slipway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownTextTest {
    private static final String WHALE = "\ud83d\udc0b";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "there is no platform el9; there are el8, el10",
                "/platforms/0/name \u00e9\u00df\u6f22 \\ \"x\" <b>",
                "a digest 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef of 64 digits"
            })
    void leavesAnOrdinaryTextAsItIs(String text) {
        assertThat(ShownText.of(text)).isEqualTo(text);
    }

    @Test
    void cutsAWordThatIsTooLongAndKeepsWhatIsAroundIt() {
        assertThat(ShownText.of("there is no platform " + "x".repeat(5_000) + " here"))
                .isEqualTo("there is no platform " + "x".repeat(159) + "… here");
    }

    @Test
    void cutsATextOfManyWordsInItsMiddle() {
        assertThat(ShownText.of("the name " + "ha ".repeat(5_000) + "is too long"))
                .hasSizeLessThanOrEqualTo(600)
                .startsWith("the name ha ha ")
                .contains("…")
                .endsWith("ha is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", " ", "x "})
    void cutsBetweenCharactersThatTakeTwoUnits(String before) {
        for (String text : new String[] {WHALE.repeat(1_000), (WHALE.repeat(50) + " ").repeat(100)}) {
            String shown = ShownText.of(before + text);

            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
            assertThat(shown.length()).isLessThanOrEqualTo(600);
        }
    }

    @Test
    void writesWhatWouldSteerATerminalOrTheReaderAsNumbers() {
        assertThat(ShownText.of("a\0b\u001b[2Jc\nd\u202ee\u2028f\u200bg\ud800h\u007f"))
                .isEqualTo("a\\u0000b\\u001b[2Jc\\u000ad\\u202ee\\u2028f\\u200bg\\ud800h\\u007f");
    }

    @Test
    void leavesWhatWasShownBeforeAsItIs() {
        String shown = ShownText.of("\u001b".repeat(2_000) + " " + "y ".repeat(5_000));

        assertThat(ShownText.of(shown)).isEqualTo(shown);
    }
}
