package io.jenkins.plugins.slipway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramOutputJenkinsTest {
    private final List<String> lines = new ArrayList<>();
    private final ProgramOutput output = new ProgramOutput(lines::add);

    @Test
    void aLineThatDoesNotEndIsPrintedInPieces() throws Exception {
        output.write("x".repeat(40_000).getBytes(StandardCharsets.UTF_8));
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).hasSizeLessThan(17_000));
        output.close();
        assertThat(String.join("", lines)).containsPattern("x{7000}").hasSizeGreaterThan(40_000);
    }

    @Test
    void linesStayWholeWhateverCameBefore() throws Exception {
        output.write(("x".repeat(16_000) + "\n" + "y".repeat(16_000) + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(lines).hasSize(2);
    }
}
