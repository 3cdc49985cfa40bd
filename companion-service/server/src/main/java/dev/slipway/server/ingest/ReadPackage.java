package dev.slipway.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a package's header.
 *
 * @param fileName the name that its identity gives it
 * @param contentDigest what signed forms of it have in common
 * @param header for checks and for people: see {@link RpmIntake} and {@link DebIntake}
 * @param fragments ready-made metadata, by kind
 * @param members of a Debian source package, the files that it names
 */
record ReadPackage(
        String format,
        String name,
        @Nullable Integer epoch,
        String version,
        @Nullable String release,
        String arch,
        String nevra,
        boolean isSource,
        boolean isDebug,
        String sourceName,
        String summary,
        String fileName,
        String contentDigest,
        JsonNode header,
        @Nullable Long headerStart,
        @Nullable Long headerEnd,
        Map<String, byte[]> fragments,
        List<PackageFile> members) {}
