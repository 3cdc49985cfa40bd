package dev.slipway.server.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.packages.PackagePath;
import dev.slipway.packages.deb.DebPackage;
import dev.slipway.packages.deb.DebReader;
import dev.slipway.packages.deb.Stanza;
import dev.slipway.packages.debindex.Contents;
import dev.slipway.packages.debindex.PackagesStanza;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads Debian packages. Their kept header has every field of the control file under its name in lower case with underscores
 * ({@code pre_depends}), as it is written there.
 */
final class DebIntake {
    private DebIntake() {}

    static ReadPackage read(Path path) throws IOException {
        DebPackage read = DebReader.read(path);
        String fileName = read.fileName();
        String location = PackagePath.deb(read.sourceName(), fileName);
        return new ReadPackage(
                "deb",
                read.name(),
                read.version().epoch() == 0
                        ? null
                        : Integer.valueOf(read.version().epoch()),
                read.version().text(),
                null,
                read.architecture(),
                read.identity(),
                false,
                read.isDebug(),
                read.sourceName(),
                read.summary(),
                fileName,
                read.digests().sha256(),
                header(read.control()),
                null,
                null,
                Map.of("packages", PackagesStanza.of(read, location), "contents", Contents.fragment(read)),
                List.of());
    }

    static ObjectNode header(Stanza control) {
        ObjectNode header = Json.mapper().createObjectNode();
        for (Stanza.Field field : control.fields()) {
            header.put(
                    field.name().toLowerCase(Locale.ROOT).replace('-', '_'),
                    field.value().replace('\0', '?'));
        }
        return header;
    }
}
