package dev.slipway.packages.rpm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a package's headers say. Text is decoded (UTF-8, else ISO-8859-1) and otherwise as in the header, so
 * that it may hold any character but NUL.
 *
 * @param format 4 or 6
 * @param nevra its identity
 * @param about what it is, for people
 * @param installedSize bytes of its files when installed
 * @param archiveSize bytes of its payload when unpacked
 * @param payload how its payload is stored
 * @param dependencies all of them by kind, in the header's order; every kind is present
 * @param files in the header's order; paths are put together on access
 * @param changelog in the header's order: newest first
 * @param headerStart offset in the file of the main header
 * @param headerEnd offset in the file of the first byte behind the main header
 * @param headerSha256 hexadecimal SHA-256 of exactly those bytes: equal for all signed forms of one package
 * @param signatures what the signature header holds
 */
public record RpmPackage(
        int format,
        Nevra nevra,
        About about,
        long installedSize,
        long archiveSize,
        RpmPayload payload,
        Map<RpmDependency.Kind, List<RpmDependency>> dependencies,
        List<RpmFile> files,
        List<RpmChangelogEntry> changelog,
        long headerStart,
        long headerEnd,
        String headerSha256,
        RpmSignatureHeader signatures) {

    /**
     * The descriptive part of a header; null for what it does not say.
     *
     * @param buildTime seconds since 1970; 0 when not said
     * @param sourceRpm file name of the source package that it was built from; null for source packages
     */
    public record About(
            @Nullable String summary,
            @Nullable String description,
            @Nullable String license,
            @Nullable String vendor,
            @Nullable String packager,
            @Nullable String url,
            @Nullable String group,
            @Nullable String buildHost,
            long buildTime,
            @Nullable String sourceRpm) {}

    public RpmPackage {
        dependencies = Map.copyOf(new EnumMap<>(dependencies));
    }

    /** The dependencies of one kind, in the header's order. */
    public List<RpmDependency> dependencies(RpmDependency.Kind kind) {
        return dependencies.getOrDefault(kind, List.of());
    }

    /** Whether it holds debug information: its name has {@code -debuginfo} or {@code -debugsource} in it. */
    public boolean isDebug() {
        return nevra.name().contains("-debuginfo") || nevra.name().contains("-debugsource");
    }
}
