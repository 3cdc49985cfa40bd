package io.jenkins.plugins.slipway.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the real API looks like to the JVM, from the tables {@code jenkins-descriptors*.tsv}. */
final class SurfaceTable {
    private static final List<String> TABLES =
            List.of("jenkins-descriptors.tsv", "jenkins-descriptors-extra.tsv", "jenkins-descriptors-hidden.tsv");
    private static final List<String> JENKINS = List.of(
            "hudson/",
            "jenkins/",
            "org/kohsuke/stapler/",
            "org/kohsuke/accmod/",
            "org/jenkinsci/",
            "org/jenkins/",
            "com/cloudbees/",
            "org/jvnet/hudson/",
            "net/sf/json/",
            "io/jenkins/plugins/okhttp/");

    private final Map<String, SurfaceType> types = new LinkedHashMap<>();

    static SurfaceTable read() throws IOException {
        SurfaceTable table = new SurfaceTable();
        for (String name : TABLES) {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(SurfaceTable.class.getResourceAsStream("/" + name), name),
                    StandardCharsets.UTF_8))) {
                SurfaceType current = null;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("  ")) {
                        Objects.requireNonNull(current, line).add(SurfaceMember.parse(line.substring(2)));
                    } else if (!line.isBlank() && !line.startsWith("#")) {
                        SurfaceType next = new SurfaceType(line);
                        current = table.types.computeIfAbsent(next.name(), n -> next);
                    }
                }
            }
        }
        return table;
    }

    /** Whether a name is of Jenkins: neither the plugin's own, nor of the JDK, nor of a library. */
    static boolean isJenkins(String internalName) {
        return JENKINS.stream().anyMatch(internalName::startsWith);
    }

    SurfaceType type(String internalName) {
        return types.get(internalName);
    }

    /** All that this class inherits from, itself left out. */
    Set<String> ancestors(String internalName) {
        Set<String> all = new LinkedHashSet<>();
        SurfaceType type = types.get(internalName);
        if (type != null) {
            parents(type).forEach(parent -> {
                all.add(parent);
                all.addAll(ancestors(parent));
            });
        }
        return all;
    }

    private static Set<String> parents(SurfaceType type) {
        Set<String> parents = new LinkedHashSet<>();
        if (type.superName() != null) {
            parents.add(type.superName());
        }
        parents.addAll(type.interfaces());
        return parents;
    }
}
