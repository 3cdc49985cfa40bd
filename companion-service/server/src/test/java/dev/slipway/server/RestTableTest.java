package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes docs/rest.md of the contract and of the sources of these tests, and fails when the file said something else. */
final class RestTableTest {
    private static final Path TABLE = Path.of("../../docs/rest.md");
    private static final Path TESTS = Path.of("src/test/java/dev/slipway/server");
    private static final String HEAD = """
            # Routes

            Made from `openapi.yaml` by `RestTableTest`; not to be edited. Every route is also tried without a token, with
            bad ones and without its scope by `PermissionWalkTest`; the last column names a test of what it does.

            | route | operation | scope | test |
            | --- | --- | --- | --- |
            """;

    /** The text of each test class without line breaks, by its package and name. */
    private final Map<String, String> sources = read();

    private static Map<String, String> read() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .collect(Collectors.toMap(
                            file -> TESTS.relativize(file).toString().replace(".java", ""),
                            RestTableTest::text,
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTableSaysWhatTheContractSays() throws IOException {
        List<Contract.Operation> operations = Contract.instance().operations().stream()
                .sorted(Comparator.comparing(Contract.Operation::path).thenComparing(Contract.Operation::method))
                .toList();
        List<String> present = Files.exists(TABLE) ? Files.readAllLines(TABLE) : List.of();
        List<String> rows =
                present.stream().filter(line -> line.startsWith("| `")).toList();
        boolean same = rows.size() == operations.size();
        for (int i = 0; same && i < rows.size(); i++) {
            same = isRow(rows.get(i), operations.get(i));
        }
        if (!same) {
            Files.writeString(TABLE, operations.stream().map(this::row).collect(Collectors.joining("", HEAD, "")));
        }

        assertThat(same)
                .as("docs/rest.md was out of date and has been written anew: commit it")
                .isTrue();
    }

    /** Whether a line says of the operation what is so; of several tests that call it, any will do. */
    private boolean isRow(String line, Contract.Operation operation) {
        String facts = facts(operation);
        if (!line.startsWith(facts)) {
            return false;
        }
        String named = line.substring(facts.length()).replaceAll("[`| ]", "");
        List<String> tests = tests(operation);
        return named.isEmpty()
                ? tests.isEmpty()
                : tests.stream().anyMatch(test -> test.equals(named) || test.endsWith("/" + named));
    }

    private static String facts(Contract.Operation operation) {
        return "| `%s %s` | %s | %s | "
                .formatted(
                        operation.method(),
                        operation.path(),
                        operation.id(),
                        operation.scope().map(scope -> "`" + scope + "`").orElse("public"));
    }

    private String row(Contract.Operation operation) {
        String test = tests(operation).stream()
                .findFirst()
                .map(name -> "`" + name.substring(name.lastIndexOf('/') + 1) + "`")
                .orElse("");
        return facts(operation) + test + " |\n";
    }

    /** The test classes that call it, those of the operation's own area first. */
    private List<String> tests(Contract.Operation operation) {
        Pattern call = Pattern.compile(methods(operation.method()) + path(operation.path()));
        String literal = Arrays.stream(operation.path().split("/", -1))
                .filter(segment -> !segment.contains("{"))
                .reduce("", (one, other) -> other);
        String area = operation.node().path("tags").path(0).asText().replaceAll("[^a-z]", "");
        return sources.entrySet().stream()
                .filter(source -> source.getValue().contains(literal))
                .filter(source -> call.matcher(source.getValue()).find())
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing((String name) -> !name.startsWith(area + "/"))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static String methods(String method) {
        String call = switch (method) {
            case "PUT" -> "\\.(?:put|putBytes)\\( ?";
            default -> "\\." + method.toLowerCase(Locale.ROOT) + "\\( ?";
        };
        String wrapped = method.equals("GET") ? "|\\bget\\( ?|\\bopen\\( ?\"GET\", ?" : "";
        return "(?:" + call + "|\\bsend\\( ?\"" + method + "\", ?" + wrapped + ")";
    }

    /** The address as a text in a source, with whatever expression for a parameter. */
    private static String path(String path) {
        List<String> segments = Arrays.stream(path.substring(1).split("/", -1))
                .map(segment -> segment.contains("{")
                        ? "(?:[^\"/ ]+|\" ?\\+ ?[^\"]{1,120}\\+ ?\"|\" ?\\+ ?[^\"+]{1,120}(?=[),]))"
                        : Pattern.quote(segment))
                .toList();
        String plain = String.join("/", segments);
        String optional = Pattern.quote("api") + "/" + Pattern.quote("v1") + "/";
        String start =
                plain.startsWith(optional) ? "(?:" + optional + ")?" + plain.substring(optional.length()) : plain;
        return "\"/" + start + "/?(?:[\"?]|(?<=[),])|(?=[),]))";
    }
}
