package dev.slipway.client.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.LogPiece;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogCursorTest {
    private final LogCursor cursor = new LogCursor(0);

    private static LogPiece piece(String text, long next, boolean complete) {
        return new LogPiece(text.getBytes(StandardCharsets.UTF_8), next, complete);
    }

    @Test
    void keepsAnUnfinishedLineUntilItsEndComes() {
        assertThat(cursor.take(piece("one\ntw", 6, false))).containsExactly("one");
        assertThat(cursor.lineOffset()).isEqualTo(4);
        assertThat(cursor.take(piece("o\n", 8, false))).containsExactly("two");
        assertThat(cursor.offset()).isEqualTo(8);
    }

    @Test
    void joinsACharacterThatWasCutInTwo() {
        byte[] bytes = "é\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cursor.take(new LogPiece(new byte[] {bytes[0]}, 1, false))).isEmpty();
        assertThat(cursor.take(new LogPiece(new byte[] {bytes[1], bytes[2]}, 3, false)))
                .containsExactly("é");
    }

    @Test
    void givesTheLastLineEvenWithoutAnEnd() {
        assertThat(cursor.take(piece("last", 4, true))).containsExactly("last");
        assertThat(cursor.complete()).isTrue();
    }

    @Test
    void cutsALineThatNeverEnds() {
        assertThat(cursor.take(piece("x".repeat(20_000), 20_000, false))).hasSize(1);
    }

    // acceptance case 104
    @Test
    void leavesNothingOfColoursAndConsoleNotes() {
        assertThat(cursor.take(
                        piece("\u001B[31mred\u001B[0m \u001B[8mha:AAAA\u001B[0m\u0007 \u202Eabc\tx\n", 9, false)))
                .containsExactly("red ha:AAAA abc\tx");
    }

    @Test
    void leavesNothingThatXmlCannotHold() {
        assertThat(CleanText.line("a\uFFFEb\uFFFFc\uD83Dd\uDE00e\u0000 \uD83D\uDE00"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe \uD83D\uDE00");
    }
}
