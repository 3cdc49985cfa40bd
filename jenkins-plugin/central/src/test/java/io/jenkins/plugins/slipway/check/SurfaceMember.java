package io.jenkins.plugins.slipway.check;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * A field or method as the JVM sees it.
 *
 * @param constant the compile-time value, or null
 * @param hidden deprecated or restricted: to be neither called nor overridden
 */
record SurfaceMember(
        Set<String> modifiers,
        String name,
        String descriptor,
        Set<String> exceptions,
        String constant,
        boolean hidden) {

    static SurfaceMember parse(String line) {
        String[] columns = line.split("\t", -1);
        return new SurfaceMember(
                words(columns[0], " "),
                columns[1],
                columns[2],
                words(column(columns, 3).replace('.', '/'), ","),
                column(columns, 4).isBlank() ? null : column(columns, 4).substring(1),
                !column(columns, 5).isBlank());
    }

    private static String column(String[] columns, int i) {
        return i < columns.length ? columns[i] : "";
    }

    private static Set<String> words(String text, String separator) {
        Set<String> words = new TreeSet<>();
        Arrays.stream(text.split(separator))
                .map(String::trim)
                .filter(w -> !w.isEmpty())
                .forEach(words::add);
        return words;
    }

    String key() {
        return name + descriptor;
    }

    boolean isStatic() {
        return modifiers.contains("static");
    }
}
