package dev.slipway.packages.rpmmd;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes a repository of the packages in a directory, in the plainest way: for trying the metadata on real clients. */
final class RpmRepository {
    private RpmRepository() {}

    static void write(Path directory, List<Path> rpms) throws IOException {
        List<RpmFragments> fragments = new ArrayList<>();
        for (Path rpm : rpms) {
            fragments.add(fragments(rpm, directory.relativize(rpm).toString()));
        }
        Path repodata = Files.createDirectories(directory.resolve("repodata"));
        List<Repomd.Data> files = new ArrayList<>();
        for (RpmMetadata kind : RpmMetadata.values()) {
            byte[] open = whole(kind, fragments).getBytes(UTF_8);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(open);
            }
            byte[] bytes = packed.toByteArray();
            String href = Repomd.Data.href(Sha256.hex(bytes), kind.type() + ".xml.gz");
            Files.write(directory.resolve(href), bytes);
            files.add(new Repomd.Data(
                    kind.type(),
                    href,
                    Sha256.hex(bytes),
                    bytes.length,
                    Sha256.hex(open),
                    (long) open.length,
                    1_700_000_000));
        }
        Files.write(repodata.resolve("repomd.xml"), Repomd.write("1700000000", files));
    }

    static RpmFragments fragments(Path rpm, String href) throws IOException {
        RpmPackage read = RpmReader.read(rpm);
        return RpmFragments.of(read, served(rpm, href));
    }

    static RpmFragments.Served served(Path rpm, String href) throws IOException {
        return new RpmFragments.Served(
                Sha256.hex(Files.readAllBytes(rpm)),
                Files.size(rpm),
                Files.getLastModifiedTime(rpm).toMillis() / 1000,
                href);
    }

    static String whole(RpmMetadata kind, List<RpmFragments> fragments) {
        StringBuilder all = new StringBuilder(new String(kind.head(fragments.size()), UTF_8));
        for (RpmFragments fragment : fragments) {
            all.append(new String(fragment.of(kind), UTF_8));
        }
        return all.append(new String(kind.tail(), UTF_8)).toString();
    }
}
