package dev.slipway.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The failpoints that the service's own source has, so that a test of crashes cannot miss a new one. */
public final class FailpointNames {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern REACH = Pattern.compile("Failpoints\\.reach\\(\"([a-z.-]+)\"\\)");

    private FailpointNames() {}

    /** All of one area, such as {@code report}. */
    public static Set<String> of(String area) {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher matcher = REACH.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (matcher.group(1).startsWith(area + ".")) {
                        names.add(matcher.group(1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
