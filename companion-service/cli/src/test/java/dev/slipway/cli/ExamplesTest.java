package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command line that the documents and the program's own help show is one that the program takes. */
class ExamplesTest {
    private static final Path TOP = Path.of("../..");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(?:sh|bash)?\\n(.*?)^```");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\s*(?:\\./)?slipway (?!test *(?:#|$))(.+)$");
    /** A quoted word, what is the shell's or a remark, or a plain word. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([#>|;&].*)|(\\S+)");

    static Stream<String> shown() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path document : documents()) {
            Matcher fence = FENCE.matcher(Files.readString(document));
            while (fence.find()) {
                examples(fence.group(1), lines);
            }
        }
        collect(Slipway.commandLine(), lines);
        return lines.stream().distinct();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(TOP.resolve("README.md")));
        try (Stream<Path> walk = Files.walk(TOP.resolve("docs"))) {
            walk.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static void examples(String text, List<String> lines) {
        Matcher example = EXAMPLE.matcher(text.replaceAll("\\\\\\n\\s*", ""));
        while (example.find()) {
            lines.add(example.group(1).strip());
        }
    }

    private static void collect(CommandLine command, List<String> lines) {
        String footer =
                String.join("\n", command.getCommandSpec().usageMessage().footer());
        // after two blanks or more the main help says what its examples do
        examples(footer.replaceAll("(?m)(?<=\\S) {2,}\\S.*$", ""), lines);
        command.getSubcommands().values().forEach(sub -> collect(sub, lines));
    }

    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && word.group(3) == null) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(4));
        }
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("shown")
    void isUnderstood(String line) {
        assertThatCode(() -> Slipway.commandLine().parseArgs(words(line))).doesNotThrowAnyException();
    }
}
