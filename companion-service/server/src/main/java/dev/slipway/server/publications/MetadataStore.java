package dev.slipway.server.publications;

import dev.slipway.packages.MessageDigests;
import dev.slipway.packages.buckets.AssembledFile;
import dev.slipway.packages.buckets.BucketAssembler;
import dev.slipway.packages.buckets.Compression;
import dev.slipway.packages.buckets.MetadataFile;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts metadata files together and stores them as blobs. */
final class MetadataStore {

    /** Below this size of its content, a file's content is hashed too where that is optional. */
    static final long SMALL = 64L << 20;

    private final BucketAssembler assembler;
    private final Blobs blobs;
    private final Path scratch;

    /** @param scratch a directory for files that are being made, used by this process alone */
    MetadataStore(BucketAssembler assembler, Blobs blobs, Path scratch) throws IOException {
        this.assembler = assembler;
        this.blobs = blobs;
        this.scratch = Files.createDirectories(scratch);
        try (Stream<Path> leftByACrash = Files.list(scratch)) {
            for (Path file : leftByACrash.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** When the content is to be hashed beside the file. */
    enum RawDigest {
        ALWAYS,
        IF_SMALL
    }

    /** Makes a file and stores it. */
    AssembledFile store(MetadataFile file, RawDigest rawDigest) throws IOException {
        Path made = Files.createTempFile(scratch, "metadata", null);
        try {
            AssembledFile assembled;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(made), 1 << 16)) {
                assembled = assembler.assemble(file, out, rawDigest == RawDigest.ALWAYS);
            }
            try (InputStream in = Files.newInputStream(made)) {
                blobs.put(in, assembled.sha256(), assembled.size());
            }
            return rawDigest == RawDigest.IF_SMALL && assembled.rawSize() <= SMALL
                    ? withRawDigest(assembled, made, file.compression())
                    : assembled;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Stores a small file. */
    StoredFile store(String path, byte[] bytes) {
        Blob blob = blobs.put(bytes);
        return new StoredFile(path, blob.sha256(), blob.size());
    }

    private static AssembledFile withRawDigest(AssembledFile file, Path made, Compression compression)
            throws IOException {
        MessageDigest digest = MessageDigests.sha256();
        try (InputStream in = new DigestInputStream(compression.content(Files.newInputStream(made)), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        @Nullable String raw = HexFormat.of().formatHex(digest.digest());
        return new AssembledFile(file.sha256(), file.size(), raw, file.rawSize(), file.buckets(), file.built());
    }
}
