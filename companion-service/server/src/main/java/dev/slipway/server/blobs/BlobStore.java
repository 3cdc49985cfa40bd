package dev.slipway.server.blobs;

import dev.slipway.packages.MessageDigests;
import dev.slipway.server.http.BoundedBody;
import dev.slipway.server.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files named by the SHA-256 of their bytes, in one directory. A file is under its name complete and on the disk, or not
 * at all. Which of them count is the database's business: see {@link Blobs}.
 */
public final class BlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);
    private static final int BUFFER = 128 << 10;

    private final Path root;
    private final Path incoming;

    /** Opens the store in a directory, which is made when missing; what a crash left half written is removed. */
    public BlobStore(Path root) throws IOException {
        this.root = root.toAbsolutePath();
        this.incoming = this.root.resolve("incoming");
        Files.createDirectories(incoming);
    }

    /** Bytes that were received and are on the disk, but not yet under their name. Close it to drop them. */
    final class Received implements AutoCloseable {
        private final Path file;
        private final Blob blob;

        private Received(Path file, Blob blob) {
            this.file = file;
            this.blob = blob;
        }

        Blob blob() {
            return blob;
        }

        /** Puts the bytes under their name. */
        void keep() throws IOException {
            Path target = path(blob.sha256());
            Path directory = Objects.requireNonNull(target.getParent());
            Files.createDirectories(directory);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Receives bytes to their end and writes them through to the disk.
     *
     * @throws ProblemException 413 when they are more than {@code mostBytes}, 507 when the disk is full
     */
    Received receive(InputStream from, long mostBytes) throws IOException {
        Path file = incoming.resolve(UUID.randomUUID().toString());
        MessageDigest digest = MessageDigests.sha256();
        boolean whole = false;
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = 0;
            byte[] buffer = new byte[BUFFER];
            for (int count; (count = from.read(buffer)) >= 0; ) {
                size += count;
                if (size > mostBytes) {
                    throw ProblemException.tooLarge(mostBytes);
                }
                digest.update(buffer, 0, count);
                write(to, ByteBuffer.wrap(buffer, 0, count));
            }
            sync(to);
            whole = true;
            return new Received(file, new Blob(HexFormat.of().formatHex(digest.digest()), size));
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void write(FileChannel to, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    private void sync(FileChannel to) throws IOException {
        try {
            to.force(true);
        } catch (IOException e) {
            throw full(e);
        }
    }

    /** An I/O error while writing is nearly always a disk or quota that is full; say so, and log what it was. */
    private ProblemException full(IOException e) {
        LOG.error("cannot write into the blob store {}", root, e);
        return ProblemException.of(
                "insufficient-storage",
                507,
                "Not enough storage",
                "the service cannot store these bytes: its disk is full or failing; nothing was kept");
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether the bytes are under their name. */
    boolean exists(Blob blob) {
        try {
            return Files.size(path(blob.sha256())) == blob.size();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into the blob store", e);
        }
    }

    /** Reads bytes to their end and gives their SHA-256 without keeping them. */
    String digest(InputStream from, long mostBytes) throws IOException {
        MessageDigest digest = MessageDigests.sha256();
        try (DigestInputStream in = new DigestInputStream(new BoundedBody(from, mostBytes), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Where the bytes of a digest are, if they are. */
    public Path path(String sha256) {
        if (!Digests.isSha256(sha256)) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal");
        }
        return root.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    void delete(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    /** Removes what uploads that never ended left behind. */
    void removeIncomingBefore(Instant time) throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(time)) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
