package dev.slipway.worker.roots;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine's own apt takes packages from: the one-line and the deb822 form of sources.list(5). Roots of Debian suites
 * are made from the same mirror.
 */
public final class AptSources {
    /** @param signedBy a keyring's path; null where the source names none or holds the key itself */
    record Source(
            String uri,
            String suite,
            List<String> components,
            @Nullable String signedBy) {}

    /**
     * What to give mmdebstrap.
     *
     * @param lines of a sources.list
     * @param keyrings that sign them, besides apt's trusted ones
     */
    public record Mirror(List<String> lines, Set<String> keyrings) {}

    private final List<Source> sources;

    private AptSources(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads every file of apt's configuration.
     *
     * @param etc the directory {@code /etc/apt}
     */
    public static AptSources read(Path etc) throws IOException {
        List<Source> sources = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        if (Files.exists(etc.resolve("sources.list"))) {
            files.add(etc.resolve("sources.list"));
        }
        Path parts = etc.resolve("sources.list.d");
        if (Files.isDirectory(parts)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parts, "*.{list,sources}")) {
                entries.forEach(files::add);
            }
        }
        files.sort(null);
        for (Path file : files) {
            if (file.toString().endsWith(".sources")) {
                paragraphs(Files.readAllLines(file), sources);
            } else {
                Files.readAllLines(file).forEach(line -> oneLine(line, sources));
            }
        }
        return new AptSources(sources);
    }

    /**
     * The mirror for a suite: every source of that suite, with its updates and security updates, where the machine has them;
     * else the mirror of whatever Debian suite the machine has.
     *
     * @param codename the machine's own suite
     * @return null when the machine has no source that could serve
     */
    public @Nullable Mirror mirror(String suite, String codename, List<String> components) {
        Mirror own = select(suite, suite, components);
        return own != null ? own : select(codename, suite, components);
    }

    private @Nullable Mirror select(String configured, String wanted, List<String> components) {
        Set<String> lines = new LinkedHashSet<>();
        Set<String> keyrings = new LinkedHashSet<>();
        boolean base = false;
        for (Source source : sources) {
            boolean main = source.suite().equals(configured);
            boolean related = configured.equals(wanted)
                    && (source.suite().equals(configured + "-updates")
                            || source.suite().equals(configured + "-security"));
            if (!(main || related) || !source.components().contains("main")) {
                continue;
            }
            base |= main;
            String suite = main ? wanted : source.suite();
            lines.add("deb " + source.uri() + " " + suite + " " + String.join(" ", components));
            if (source.signedBy() != null) {
                keyrings.add(source.signedBy());
            }
        }
        return base ? new Mirror(List.copyOf(lines), keyrings) : null;
    }

    private static void oneLine(String raw, List<Source> sources) {
        String line = raw.replaceFirst("#.*", "").trim();
        if (!line.startsWith("deb ") && !line.startsWith("deb\t")) {
            return;
        }
        String rest = line.substring(4).trim();
        String signedBy = null;
        if (rest.startsWith("[") && rest.contains("]")) {
            for (String option : rest.substring(1, rest.indexOf(']')).trim().split("\\s+", -1)) {
                if (option.startsWith("signed-by=/")) {
                    signedBy = option.substring("signed-by=".length());
                }
            }
            rest = rest.substring(rest.indexOf(']') + 1).trim();
        }
        List<String> words = List.of(rest.split("\\s+"));
        if (words.size() >= 3) {
            sources.add(new Source(words.get(0), words.get(1), words.subList(2, words.size()), signedBy));
        }
    }

    private static void paragraphs(List<String> lines, List<Source> sources) {
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        for (String line : lines) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                paragraph(fields, sources);
                fields.clear();
            } else if (Character.isWhitespace(line.charAt(0))) {
                fields.merge(last, line.trim(), (former, more) -> former + " " + more);
            } else if (line.contains(":")) {
                last = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                fields.put(last, line.substring(line.indexOf(':') + 1).trim());
            }
        }
        paragraph(fields, sources);
    }

    private static void paragraph(Map<String, String> fields, List<Source> sources) {
        if (!words(fields, "types").contains("deb")
                || fields.getOrDefault("enabled", "yes").equalsIgnoreCase("no")) {
            return;
        }
        String signedBy = fields.getOrDefault("signed-by", "");
        for (String uri : words(fields, "uris")) {
            for (String suite : words(fields, "suites")) {
                sources.add(new Source(
                        uri, suite, words(fields, "components"), signedBy.startsWith("/") ? signedBy : null));
            }
        }
    }

    private static List<String> words(Map<String, String> fields, String name) {
        return List.of(fields.getOrDefault(name, "").trim().split("\\s+"));
    }
}
