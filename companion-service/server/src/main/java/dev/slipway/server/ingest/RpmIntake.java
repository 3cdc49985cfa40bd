package dev.slipway.server.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.packages.PackagePath;
import dev.slipway.packages.rpm.RpmDependency;
import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmReader;
import dev.slipway.packages.rpmmd.RpmFragments;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads RPM packages. Their kept header has {@code license}, {@code vendor}, {@code url}, {@code source_rpm}, {@code
 * build_time}, {@code installed_size}, {@code payload_digest}, and for each kind of dependency ({@code requires}, {@code
 * provides}, …) a list of {@code name}, {@code flags} (rpm's sense bits) and {@code evr}.
 */
final class RpmIntake {
    private RpmIntake() {}

    static ReadPackage read(Path path, PackageFile file, Instant now) throws IOException {
        RpmPackage read = RpmReader.read(path);
        String fileName = read.nevra().fileName();
        RpmFragments fragments = RpmFragments.of(
                read,
                new RpmFragments.Served(file.sha256(), file.size(), now.getEpochSecond(), PackagePath.rpm(fileName)));
        return new ReadPackage(
                "rpm",
                read.nevra().name(),
                read.nevra().epoch(),
                read.nevra().version(),
                read.nevra().release(),
                read.nevra().arch(),
                read.nevra().toString(),
                read.nevra().isSource(),
                read.isDebug(),
                sourceName(read),
                Objects.requireNonNullElse(read.about().summary(), ""),
                fileName,
                read.headerSha256(),
                header(read),
                read.headerStart(),
                read.headerEnd(),
                Map.of(
                        "primary", fragments.primary(),
                        "filelists", fragments.filelists(),
                        "other", fragments.other()),
                List.of());
    }

    /** The name part of {@code name-version-release.src.rpm}; a source package's own name. */
    private static String sourceName(RpmPackage read) {
        String source = read.about().sourceRpm();
        if (source == null) {
            return read.nevra().name();
        }
        int release = source.lastIndexOf('-');
        int version = release < 0 ? -1 : source.lastIndexOf('-', release - 1);
        return version > 0 ? source.substring(0, version) : source;
    }

    private static ObjectNode header(RpmPackage read) {
        ObjectNode header = Json.mapper().createObjectNode();
        put(header, "license", read.about().license());
        put(header, "vendor", read.about().vendor());
        put(header, "packager", read.about().packager());
        put(header, "url", read.about().url());
        put(header, "source_rpm", read.about().sourceRpm());
        put(header, "build_host", read.about().buildHost());
        put(header, "payload_digest", read.payload().digest());
        header.put("build_time", read.about().buildTime());
        header.put("installed_size", read.installedSize());
        for (RpmDependency.Kind kind : RpmDependency.Kind.values()) {
            ArrayNode list = header.putArray(kind.name().toLowerCase(Locale.ROOT));
            for (RpmDependency dependency : read.dependencies(kind)) {
                ObjectNode node = list.addObject();
                node.put("name", dependency.name());
                if (dependency.flags() != 0) {
                    node.put("flags", dependency.flags());
                }
                if (!dependency.evr().isEmpty()) {
                    node.put("evr", dependency.evr());
                }
            }
        }
        return header;
    }

    private static void put(ObjectNode header, String member, @Nullable String value) {
        if (value != null) {
            header.put(member, value);
        }
    }
}
