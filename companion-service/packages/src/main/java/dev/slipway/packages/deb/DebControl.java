package dev.slipway.packages.deb;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackageFormatException.Reason;
import dev.slipway.packages.deb.DebPackage.RelationField;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The control file of a binary package, checked (deb-control(5)). */
record DebControl(
        Stanza stanza,
        String name,
        DebVersion version,
        String architecture,
        String sourceName,
        DebVersion sourceVersion,
        Map<RelationField, List<Relation>> relations) {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+.-]{1,199}");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern SOURCE = Pattern.compile("(\\S+)(?:\\s*\\(\\s*(\\S+)\\s*\\))?");
    private static final String WHAT = "the control file";

    static DebControl parse(byte[] text) throws PackageFormatException {
        var stanza = Deb822Reader.single(text, WHAT);
        var name = name(required(stanza, "Package"), "Package");
        var version = version(required(stanza, "Version"), "Version");
        var architecture = required(stanza, "Architecture");
        if (!ARCHITECTURE.matcher(architecture).matches()) {
            throw malformed("has the malformed architecture '" + architecture + "'");
        }
        var source = SOURCE.matcher(stanza.get("Source").orElse(name));
        if (!source.matches()) {
            throw malformed("has a malformed field Source");
        }
        return new DebControl(
                stanza,
                name,
                version,
                architecture,
                name(source.group(1), "Source"),
                source.group(2) == null ? version : version(source.group(2), "Source"),
                relations(stanza));
    }

    DebPackage toPackage(List<DebFile> files, List<String> conffiles, Set<String> controlMembers, FileDigests digests) {
        return new DebPackage(
                stanza,
                name,
                version,
                architecture,
                sourceName,
                sourceVersion,
                relations,
                files,
                conffiles,
                controlMembers,
                digests);
    }

    private static String required(Stanza stanza, String field) throws PackageFormatException {
        return stanza.get(field).orElseThrow(() -> malformed("has no field " + field));
    }

    private static String name(String name, String field) throws PackageFormatException {
        if (!NAME.matcher(name).matches()) {
            throw malformed("has the malformed package name '" + name + "' in its field " + field);
        }
        return name;
    }

    private static DebVersion version(String text, String field) throws PackageFormatException {
        try {
            return DebVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("has a malformed field " + field + ": " + e.getMessage());
        }
    }

    private static Map<RelationField, List<Relation>> relations(Stanza stanza) throws PackageFormatException {
        var relations = new EnumMap<RelationField, List<Relation>>(RelationField.class);
        for (var field : RelationField.values()) {
            var value = stanza.get(field.fieldName());
            if (value.isPresent()) {
                try {
                    relations.put(field, Relations.parse(value.get()));
                } catch (IllegalArgumentException e) {
                    throw malformed("has a malformed field " + field.fieldName() + ": " + e.getMessage());
                }
            }
        }
        return relations;
    }

    private static PackageFormatException malformed(String fault) {
        return new PackageFormatException(Reason.MALFORMED, WHAT + " " + fault);
    }
}
