package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    /** Picocli's own. */
    private static final Set<String> FOREIGN = Set.of("help", "generate-completion");

    static Stream<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        collect(Slipway.commandLine(), List.of(), found);
        return found.stream();
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        command.getSubcommands().forEach((name, sub) -> {
            if (!FOREIGN.contains(name)) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                found.add(longer);
                collect(sub, longer, found);
            }
        });
    }

    private static Cli.Ran help(List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.add("--help");
        return Cli.plain(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(List<String> command) {
        Cli.Ran help = help(command);

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: slipway " + String.join(" ", command));
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsShownInAnExample(List<String> command) {
        String own = help(command).out();
        String parents = command.size() == 1
                ? ""
                : help(command.subList(0, command.size() - 1)).out();

        String example = "(?s).*Examples:.*\\n  slipway " + String.join(" ", command) + "( .*|\\n.*)";
        assertThat(own + "\n" + parents).matches(example);
    }

    @Test
    void theProgramTellsItsExitCodes() {
        assertThat(Cli.plain("--help").out()).contains("Exit codes: 0 done, 1 the work failed, 2 wrong usage");
    }

    @Test
    void theProgramTellsItsVersion() {
        assertThat(Cli.plain("--version").out()).matches("slipway [0-9].*\\n");
    }

    @Test
    void anUnknownOptionIsNamed() {
        Cli.Ran ran = Cli.plain("build", "--platform", "el9", "--indepndent", "https://git.example/a.git");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("slipway: ").contains("--indepndent", "slipway build --help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aMissingArgumentIsNamed() {
        Cli.Ran ran = Cli.plain("build", "https://git.example/a.git");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--platform");
    }

    @Test
    void anUnknownCommandIsNamed() {
        Cli.Ran ran = Cli.plain("bulid");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("bulid");
    }
}
