package dev.slipway.packages.debindex;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a suite says about itself in its {@code Release} file (apt-secure(8), and the repository format as apt 2.6 reads
 * it).
 *
 * @param name directory below {@code dists}, written as {@code Suite}
 * @param codename often the same as the name; apt asks its user when it changes
 * @param origin who publishes it; apt pins by it
 * @param label what it is, for people and pins
 * @param description one line for people; null for none
 * @param components at least one
 * @param architectures without {@code all}, unless packages for all architectures are to have an index of their own too
 * @param sources whether it has source packages
 * @param contents whether it has {@code Contents} indexes, which cost much
 * @param notAutomatic whether apt takes nothing from it unless asked, but upgrades what was taken
 */
public record Suite(
        String name,
        String codename,
        String origin,
        String label,
        @Nullable String description,
        List<String> components,
        List<String> architectures,
        boolean sources,
        boolean contents,
        boolean notAutomatic) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+~_-]*(/[A-Za-z0-9][A-Za-z0-9.+~_-]*)*");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+_-]*");
    private static final Pattern LINE = Pattern.compile("\\P{Cntrl}*");

    /** @throws IllegalArgumentException when a name cannot stand in a path, or a text not in one line */
    public Suite {
        components = List.copyOf(components);
        architectures = List.copyOf(architectures);
        require(NAME, name, "name of a suite");
        require(NAME, codename, "codename of a suite");
        require(LINE, origin, "origin of a suite");
        require(LINE, label, "label of a suite");
        require(LINE, description == null ? "" : description, "description of a suite");
        components.forEach(component -> require(WORD, component, "component"));
        architectures.forEach(architecture -> require(WORD, architecture, "architecture"));
        if (components.isEmpty() || architectures.isEmpty()) {
            throw new IllegalArgumentException("a suite needs a component and an architecture");
        }
    }

    private static void require(Pattern form, String text, String what) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' cannot be the " + what);
        }
    }

    /** The plainest suite: one component {@code main}, without sources and {@code Contents}. */
    public static Suite of(String name, String origin, List<String> architectures) {
        return new Suite(name, name, origin, origin, null, List.of("main"), architectures, false, false, false);
    }

    /** As this one, with source packages. */
    public Suite withSources() {
        return new Suite(
                name, codename, origin, label, description, components, architectures, true, contents, notAutomatic);
    }

    /** As this one, with {@code Contents} indexes. */
    public Suite withContents() {
        return new Suite(
                name, codename, origin, label, description, components, architectures, sources, true, notAutomatic);
    }
}
