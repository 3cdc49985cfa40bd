package dev.slipway.server.ingest;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackagePath;
import dev.slipway.packages.deb.Dsc;
import dev.slipway.packages.deb.FileDigests;
import dev.slipway.packages.deb.SourceFile;
import dev.slipway.packages.debindex.SourcesStanza;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads Debian source packages: the {@code .dsc}, held against the files that it names. */
final class DscIntake {
    /** A {@code .dsc} is a few kilobytes; larger ones are none. */
    private static final long LARGEST = 4L << 20;

    private DscIntake() {}

    static ReadPackage read(Path path, PackageFile file, Map<String, PackageFile> siblings) throws IOException {
        if (file.size() > LARGEST) {
            throw new PackageFormatException(
                    PackageFormatException.Reason.TOO_LARGE, "a source control file of " + file.size() + " bytes");
        }
        byte[] bytes = Files.readAllBytes(path);
        Dsc dsc = Dsc.parse(bytes);
        String fileName = dsc.fileName();
        FileDigests digests = new FileDigests(bytes.length, hex("MD5", bytes), hex("SHA-1", bytes), file.sha256());
        return new ReadPackage(
                "deb",
                dsc.source(),
                dsc.version().epoch() == 0
                        ? null
                        : Integer.valueOf(dsc.version().epoch()),
                dsc.version().text(),
                null,
                "source",
                dsc.identity() + "_source",
                true,
                false,
                dsc.source(),
                "",
                fileName,
                file.sha256(),
                DebIntake.header(dsc.stanza()),
                null,
                null,
                Map.of("sources", SourcesStanza.of(dsc, fileName, digests, PackagePath.debDirectory(dsc.source()))),
                members(file, dsc, siblings));
    }

    private static List<PackageFile> members(PackageFile file, Dsc dsc, Map<String, PackageFile> siblings) {
        List<PackageFile> members = new ArrayList<>();
        for (SourceFile named : dsc.files()) {
            PackageFile there = siblings.get(named.name());
            if (there == null) {
                throw new PackageRefusedException(
                        "MISSING_FILE", file.name() + " names " + named.name() + ", which was not uploaded with it");
            }
            if (!there.sha256().equals(named.sha256()) || there.size() != named.size()) {
                throw new PackageRefusedException(
                        "DIGEST_MISMATCH",
                        named.name() + " is not the file that " + file.name() + " names: size or SHA-256 differ");
            }
            members.add(there);
        }
        return members;
    }

    private static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(MessageDigests.of(algorithm).digest(bytes));
    }
}
