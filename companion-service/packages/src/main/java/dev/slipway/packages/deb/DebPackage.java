package dev.slipway.packages.deb;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a binary package says about itself.
 *
 * @param control the control file, fields in their order
 * @param name as in {@code Package}
 * @param architecture a Debian architecture, or {@code all}
 * @param sourceName the source package it was built from; its own name when it names none
 * @param sourceVersion that one's version; its own when it names none
 * @param relations the relationship fields that are there
 * @param files the files it installs, in the archive's order, without the root directory
 * @param conffiles absolute paths of the files that dpkg keeps as the administrator changed them
 * @param controlMembers names of all files in the control archive: {@code control}, maintainer scripts and others
 * @param digests of the whole file
 */
public record DebPackage(
        Stanza control,
        String name,
        DebVersion version,
        String architecture,
        String sourceName,
        DebVersion sourceVersion,
        Map<RelationField, List<Relation>> relations,
        List<DebFile> files,
        List<String> conffiles,
        Set<String> controlMembers,
        FileDigests digests) {

    /** The relationship fields of binary packages. */
    public enum RelationField {
        PRE_DEPENDS("Pre-Depends"),
        DEPENDS("Depends"),
        RECOMMENDS("Recommends"),
        SUGGESTS("Suggests"),
        ENHANCES("Enhances"),
        BREAKS("Breaks"),
        CONFLICTS("Conflicts"),
        REPLACES("Replaces"),
        PROVIDES("Provides");

        private final String fieldName;

        RelationField(String fieldName) {
            this.fieldName = fieldName;
        }

        public String fieldName() {
            return fieldName;
        }
    }

    private static final Set<String> MAINTAINER_SCRIPTS = Set.of("preinst", "postinst", "prerm", "postrm", "config");

    public DebPackage {
        relations = Map.copyOf(relations);
        files = List.copyOf(files);
        conffiles = List.copyOf(conffiles);
        controlMembers = Set.copyOf(controlMembers);
    }

    /** The relations of one field, in their order; empty when it is absent. */
    public List<Relation> relations(RelationField field) {
        return relations.getOrDefault(field, List.of());
    }

    /** {@code name_version_architecture}, the identity in Debian's spelling; the version keeps its epoch. */
    public String identity() {
        return name + "_" + version + "_" + architecture;
    }

    /** The file name that dpkg-deb would choose: the version without its epoch. */
    public String fileName() {
        var ending = control.get("Package-Type").filter("udeb"::equals).orElse("deb");
        return name + "_" + version.withoutEpoch() + "_" + architecture + "." + ending;
    }

    /** The first line of the description; empty when there is none. */
    public String summary() {
        return control.field("Description").map(f -> f.lines().get(0)).orElse("");
    }

    /** Kibibytes its files take when installed, as it says. */
    public OptionalLong installedSize() {
        return control.get("Installed-Size")
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Names of its maintainer scripts. */
    public Set<String> maintainerScripts() {
        return controlMembers.stream().filter(MAINTAINER_SCRIPTS::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it holds nothing but debug symbols that were split off automatically. */
    public boolean isDebug() {
        return control.get("Auto-Built-Package").filter("debug-symbols"::equals).isPresent()
                || name.endsWith("-dbgsym");
    }
}
