package dev.slipway.server.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that are published as a Maven artifact. */
final class PostgresBinaries {
    private static final long MOST_BYTES = 512L << 20;

    private PostgresBinaries() {}

    /**
     * Sees to it that {@code to} holds the programs, unpacked as a whole or not at all; safe when several processes ask
     * at once.
     */
    static void unpack(Path to) throws IOException {
        if (Files.isDirectory(to)) {
            return;
        }
        Path parent = Objects.requireNonNull(to.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        try (FileChannel channel = FileChannel.open(
                        parent.resolve(to.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.isDirectory(to) || !lock.isValid()) {
                return;
            }
            Path partial = parent.resolve(to.getFileName() + ".part");
            delete(partial);
            try (InputStream archive = archive()) {
                unpack(archive, partial);
            }
            Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static InputStream archive() throws IOException {
        String name = "/postgres-linux-" + architecture() + ".txz";
        InputStream found = PostgresBinaries.class.getResourceAsStream(name);
        if (found == null
                || !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IOException("there is no embedded PostgreSQL for this machine (" + System.getProperty("os.name")
                    + ", " + System.getProperty("os.arch") + "): give the companion an external database");
        }
        return found;
    }

    private static String architecture() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
    }

    /** Unpacks a tar.xz into a new directory; refuses entries that would lie outside it. */
    static void unpack(InputStream xz, Path to) throws IOException {
        Path root = to.toAbsolutePath().normalize();
        Files.createDirectories(root);
        long left = MOST_BYTES;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(xz)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                left -= entry.getSize();
                if (left < 0) {
                    throw new IOException("the archive of PostgreSQL is larger than " + MOST_BYTES + " bytes");
                }
                unpack(tar, entry, root);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path path = inside(root, root.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Path directory = Objects.requireNonNull(path.getParent());
        Files.createDirectories(directory);
        if (!directory.toRealPath().startsWith(root.toRealPath())) {
            throw leaves(entry);
        }
        if (entry.isSymbolicLink()) {
            inside(root, directory.resolve(entry.getLinkName()), entry);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile() && !entry.isLink()) {
            Files.copy(tar, path);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        } else {
            throw new IOException("the archive of PostgreSQL holds something odd: " + entry.getName());
        }
    }

    private static Path inside(Path root, Path path, TarArchiveEntry entry) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(root)) {
            throw leaves(entry);
        }
        return normal;
    }

    private static IOException leaves(TarArchiveEntry entry) {
        return new IOException(
                "the archive of PostgreSQL holds an entry that leaves the directory: " + entry.getName());
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
