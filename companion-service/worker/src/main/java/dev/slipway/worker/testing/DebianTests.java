package dev.slipway.worker.testing;

import dev.slipway.worker.roots.Architectures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads debian/tests/control (the autopkgtest specification, README.package-tests). What a test asks for that a root without
 * network, services or a built tree can't give, or that is not known, has it skipped with the reason.
 */
final class DebianTests {
    private static final Map<String, String> IMPOSSIBLE = Map.of(
            "isolation-container", "needs a container with services of its own",
            "isolation-machine", "needs a machine of its own",
            "needs-internet", "needs the network",
            "needs-reboot", "needs a machine to restart",
            "needs-sudo", "needs sudo",
            "build-needed", "needs the built source tree",
            "hint-testsuite-triggers", "names dependencies alone");
    private static final Set<String> KNOWN = Set.of(
            "allow-stderr",
            "breaks-testbed",
            "flaky",
            "needs-recommends",
            "needs-root",
            "rw-build-tree",
            "skip-foreign-architecture",
            "skip-not-installable",
            "skippable",
            "superficial");

    private final String tree;
    private final String arch;

    /**
     * @param tree where the source is, in the root
     * @param arch of the root
     */
    DebianTests(String tree, String arch) {
        this.tree = tree;
        this.arch = Architectures.debian(arch);
    }

    List<SourceTest> read(String control) {
        List<SourceTest> tests = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        for (String line : (control + "\n\n").split("\n", -1)) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                if (!fields.isEmpty()) {
                    stanza(fields, tests);
                    fields.clear();
                }
            } else if (Character.isWhitespace(line.charAt(0))) {
                fields.merge(last, line.trim(), (former, more) -> former + "\n" + more);
            } else if (line.contains(":")) {
                last = line.substring(0, line.indexOf(':')).trim().toLowerCase(Locale.ROOT);
                fields.put(last, line.substring(line.indexOf(':') + 1).trim());
            }
        }
        return tests;
    }

    private void stanza(Map<String, String> fields, List<SourceTest> tests) {
        Set<String> restrictions = words(fields.getOrDefault("restrictions", ""));
        String skipped = skipped(fields, restrictions);
        String folder = fields.getOrDefault("tests-directory", "debian/tests");
        for (String test : words(fields.getOrDefault("tests", ""))) {
            // The file itself need not be executable.
            List<String> command = List.of(
                    "sh", "-c", "chmod +x \"$1\" 2>/dev/null; exec \"$1\"", "sh", tree + "/" + folder + "/" + test);
            tests.add(test(test, command, fields, restrictions, skipped));
        }
        String given = fields.get("test-command");
        if (given != null) {
            String name = "command" + (tests.size() + 1);
            for (String feature : words(fields.getOrDefault("features", ""))) {
                name = feature.startsWith("test-name=") ? feature.substring("test-name=".length()) : name;
            }
            tests.add(test(name, List.of("bash", "-ec", given), fields, restrictions, skipped));
        }
    }

    private SourceTest test(
            String name,
            List<String> command,
            Map<String, String> fields,
            Set<String> restrictions,
            @Nullable String skipped) {
        return new SourceTest(
                name,
                command,
                tree,
                dependencies(fields.getOrDefault("depends", "@")),
                skipped,
                restrictions.contains("needs-root"),
                !restrictions.contains("allow-stderr"),
                restrictions.contains("skippable"),
                restrictions.contains("flaky"));
    }

    private @Nullable String skipped(Map<String, String> fields, Set<String> restrictions) {
        for (String restriction : restrictions) {
            String why = IMPOSSIBLE.get(restriction);
            if (why != null) {
                return why;
            }
            if (!KNOWN.contains(restriction)) {
                return "restriction " + restriction + " is not known";
            }
        }
        if (fields.getOrDefault("depends", "").contains("@builddeps@")) {
            return "needs the build dependencies";
        }
        Set<String> arches = words(fields.getOrDefault("architecture", ""));
        boolean named = arches.contains(arch) || arches.contains("any") || arches.contains("linux-any");
        boolean negative = arches.stream().anyMatch(word -> word.startsWith("!"));
        if (arches.contains("!" + arch) || (!arches.isEmpty() && !negative && !named)) {
            return "is not for " + arch;
        }
        return null;
    }

    /** Without what stands for the tested packages, which are there already. */
    private static String dependencies(String field) {
        List<String> kept = new ArrayList<>();
        for (String dependency : field.split("[,\n]", -1)) {
            String one = dependency.trim();
            if (!one.isEmpty() && !one.startsWith("@")) {
                kept.add(one);
            }
        }
        return String.join(", ", kept);
    }

    private static Set<String> words(String field) {
        Set<String> words = new TreeSet<>(List.of(field.trim().split("[,\\s]+")));
        words.remove("");
        return words;
    }
}
