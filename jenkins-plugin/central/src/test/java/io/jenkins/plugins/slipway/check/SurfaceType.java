package io.jenkins.plugins.slipway.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A class of Jenkins as the JVM sees it. Names are internal ones, with slashes. */
final class SurfaceType {
    private final String name;
    private final String kind;
    private final Set<String> modifiers;
    private final String superName;
    private final List<String> interfaces = new ArrayList<>();
    private final Map<String, SurfaceMember> members = new LinkedHashMap<>();

    SurfaceType(String line) {
        String[] columns = line.split("\t", -1);
        name = internal(columns[0]);
        List<String> words = new ArrayList<>(Arrays.asList(columns[1].trim().split(" ")));
        kind = words.remove(0);
        modifiers = new TreeSet<>(words);
        superName =
                columns.length > 2 && !columns[2].isBlank() && !columns[2].equals("-") ? internal(columns[2]) : null;
        if (columns.length > 3 && !columns[3].isBlank()) {
            Arrays.stream(columns[3].split(",")).map(SurfaceType::internal).forEach(interfaces::add);
        }
    }

    private static String internal(String name) {
        return name.trim().replace('.', '/');
    }

    void add(SurfaceMember member) {
        members.putIfAbsent(member.key(), member);
    }

    String name() {
        return name;
    }

    String kind() {
        return kind;
    }

    Set<String> modifiers() {
        return modifiers;
    }

    String superName() {
        return superName;
    }

    List<String> interfaces() {
        return interfaces;
    }

    Map<String, SurfaceMember> members() {
        return members;
    }

    boolean isInterface() {
        return kind.equals("interface") || kind.equals("annotation_type");
    }
}
