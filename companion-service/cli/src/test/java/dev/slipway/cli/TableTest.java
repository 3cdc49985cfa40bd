package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static List<String> printed(Table table) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        return out.toString().lines().toList();
    }

    @Test
    void columnsBeginUnderTheirHeads() {
        List<String> lines =
                printed(new Table("ID", "NAME", "STATE").row(7, "tide", "done").row(1234, "a-long-name", "waiting"));

        assertThat(lines)
                .containsExactly("ID    NAME         STATE", "7     tide         done", "1234  a-long-name  waiting");
    }

    @Test
    void emptyCellsKeepTheirPlaceAndLinesEndWithoutBlanks() {
        assertThat(printed(new Table("A", "B", "C").row("x", null, "z").row("x", "y", null)))
                .containsExactly("A  B  C", "x     z", "x  y");
    }

    @Test
    void foreignTextCannotMoveTheCursor() {
        assertThat(printed(new Table("NAME").row("a\u001b[2Jb\nc\rd")))
                .hasSize(2)
                .noneMatch(line -> line.chars().anyMatch(c -> c < ' '));
    }
}
