package dev.slipway.packages.debindex;

import dev.slipway.packages.PackagePath;
import dev.slipway.packages.deb.DebPackage;
import dev.slipway.packages.deb.DebReader;
import dev.slipway.packages.deb.Dsc;
import dev.slipway.packages.deb.FileDigests;
import dev.slipway.packages.fixtures.Sha256;
import dev.slipway.packages.openpgp.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A repository on disk, written with what is under test. */
final class WrittenRepository {

    private final Path root;
    private final Suite suite;
    private final AptLayout layout;
    private final List<DebPackage> debs = new ArrayList<>();
    private final List<byte[]> sources = new ArrayList<>();
    private final List<IndexFile> files = new ArrayList<>();

    WrittenRepository(Path root, Suite suite) {
        this.root = root;
        this.suite = suite;
        this.layout = new AptLayout(suite);
    }

    Path suiteDirectory() {
        return root.resolve(layout.directory());
    }

    Path path(DebPackage deb) {
        return root.resolve(PackagePath.deb(deb.sourceName(), deb.fileName()));
    }

    WrittenRepository add(Path file) throws IOException {
        var deb = DebReader.read(file);
        debs.add(deb);
        copy(file, path(deb));
        return this;
    }

    WrittenRepository addSource(Path dscFile) throws IOException {
        var bytes = Files.readAllBytes(dscFile);
        var dsc = Dsc.parse(bytes);
        var name = dscFile.getFileName().toString();
        var directory = PackagePath.debDirectory(dsc.source());
        sources.add(SourcesStanza.of(dsc, name, FileDigests.of(dscFile), directory));
        copy(dscFile, root.resolve(directory).resolve(name));
        for (var file : dsc.files()) {
            copy(dscFile.resolveSibling(file.name()), root.resolve(directory).resolve(file.name()));
        }
        return this;
    }

    /** Writes the indexes, packed alone, and the Release file, signed when a signer is given. */
    void write(Instant date, @Nullable Duration validFor, @Nullable Signer signer) throws Exception {
        for (var index : layout.indexes()) {
            writeIndex(index);
        }
        var release = ReleaseFile.write(suite, date, validFor, files);
        put(root.resolve(layout.releasePath()), release);
        if (signer != null) {
            put(root.resolve(layout.releaseSignaturePath()), signer.detachedArmored(release));
            put(root.resolve(layout.inReleasePath()), signer.clearSigned(release));
        }
    }

    private void writeIndex(Index index) throws IOException {
        var plain = content(index);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        var gz = packed.toByteArray();
        files.add(new IndexFile(index.path(), plain.length, Sha256.hex(plain), false));
        var stored = new IndexFile(index.path() + ".gz", gz.length, Sha256.hex(gz), true);
        files.add(stored);
        for (var path : layout.stored(List.of(stored)).keySet()) {
            put(root.resolve(path), gz);
        }
    }

    private byte[] content(Index index) throws IOException {
        var out = new ByteArrayOutputStream();
        var listed =
                debs.stream().filter(deb -> index.lists(deb.architecture())).toList();
        switch (index.kind()) {
            case PACKAGES ->
                listed.forEach(deb ->
                        out.writeBytes(PackagesStanza.of(deb, PackagePath.deb(deb.sourceName(), deb.fileName()))));
            case SOURCES -> sources.forEach(out::writeBytes);
            case CONTENTS ->
                Contents.merge(listed.stream().map(Contents::fragment).toList(), out);
        }
        return out.toByteArray();
    }

    private static void copy(Path from, Path to) throws IOException {
        put(to, Files.readAllBytes(from));
    }

    private static void put(Path path, byte[] bytes) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }
}
