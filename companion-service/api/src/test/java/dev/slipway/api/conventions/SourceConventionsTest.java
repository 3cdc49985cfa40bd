package dev.slipway.api.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no source of this project does, in any module. */
class SourceConventionsTest {
    private static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

    private static List<String> findings(String tree, String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        List<String> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TOP)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> TOP.relativize(f).toString().contains(tree))
                    .filter(f -> !TOP.relativize(f).toString().contains("target/"))
                    .filter(f -> !f.endsWith("SourceConventionsTest.java"))
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (wanted.matcher(lines.get(i)).find()) {
                        findings.add(TOP.relativize(file) + ":" + (i + 1) + " "
                                + lines.get(i).strip());
                    }
                }
            }
        }
        return findings;
    }

    @Test
    void theSourcesAreFound() throws IOException {
        assertThat(findings("src/main/java", "^package dev\\.slipway\\.")).hasSizeGreaterThan(400);
    }

    @Test
    void noTestSleeps() throws IOException {
        assertThat(findings("src/test/java", "Thread\\.sleep\\("))
                .allMatch(found -> found.contains("BoundSteps.java")); // plays the part of a controller's timer
    }

    @Test
    void noTestIsSwitchedOff() throws IOException {
        assertThat(findings("src/test/java", "@(Disabled|Ignore)\\b(?!If|On)")).isEmpty();
    }

    @Test
    void nothingPrintsAStackTrace() throws IOException {
        assertThat(findings("src/", "printStackTrace\\(\\)")).isEmpty();
    }

    @Test
    void onlyTheProgramWritesToTheTerminal() throws IOException {
        assertThat(findings("src/main/java", "System\\.(out|err)\\b"))
                .allMatch(found -> found.startsWith("companion-service/cli/"));
    }

    @Test
    void onlyTheProgramEndsTheProcess() throws IOException {
        assertThat(findings("src/main/java", "System\\.exit\\(|Runtime\\.getRuntime\\(\\)\\.(exit|halt)\\("))
                .allMatch(found -> found.startsWith("companion-service/cli/")
                        || found.contains("/failpoints/")); // which crash a companion on purpose
    }

    @Test
    void timesComeFromAClockThatTestsCanMove() throws IOException {
        assertThat(findings(
                        "companion-service/server/src/main/java", "\\b(Instant|LocalDate|ZonedDateTime)\\.now\\(\\)"))
                .allMatch(found -> found.contains("/EmbeddedPostgres.java")); // waits for a process in real time
    }
}
