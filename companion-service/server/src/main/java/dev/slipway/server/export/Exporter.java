package dev.slipway.server.export;

import dev.slipway.server.blobs.BlobStore;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.publications.PublishedFiles;
import dev.slipway.server.publications.PublishedFiles.Published;
import dev.slipway.server.repositories.RepositoryType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

/**
 * Writes what a channel shows as a plain tree. Files are hard links to the stored bytes where the file system lets them be,
 * else copies. The files that name others are written last, so that a client of the tree never finds a name without a file.
 */
public final class Exporter {
    private final Transactions transactions;
    private final PublishedFiles files;
    private final BlobStore blobs;

    public Exporter(Transactions transactions, BlobStore blobs) {
        this.transactions = transactions;
        this.files = new PublishedFiles();
        this.blobs = blobs;
    }

    /**
     * What an export did.
     *
     * @param written files that were not there, or were other ones
     * @param removed files that the channel shows no more
     */
    public record Exported(int files, long bytes, int written, int removed) {}

    private record Shown(long publicationId, RepositoryType type) {}

    /** The paths of the channels that show something, in order. */
    public List<String> channels() {
        return transactions.read(session -> Sql.list(
                session,
                "select path from channel where publication_id is not null order by path",
                row -> row.text("path")));
    }

    /**
     * Brings the directory of a channel below {@code target} to what the channel shows.
     *
     * @param prune whether to remove files there that the channel does not show; clients that read the former index may
     *     still ask for them
     * @throws IllegalArgumentException when no such channel shows anything
     */
    public Exported export(String channel, Path target, boolean prune) throws IOException {
        List<Published> all = transactions.read(session -> content(channel, session));
        Path directory = target.resolve(channel).normalize();
        int written = 0;
        long bytes = 0;
        Set<Path> wanted = new HashSet<>();
        for (Published file : all) {
            Path place = directory.resolve(file.path()).normalize();
            if (!place.startsWith(directory)) {
                throw new IOException("a file of " + channel + " would lie outside its directory: " + file.path());
            }
            wanted.add(place);
            bytes += file.blob().size();
            written += place(blobs.path(file.blob().sha256()), place) ? 1 : 0;
        }
        return new Exported(all.size(), bytes, written, prune ? removeAllBut(wanted, directory) : 0);
    }

    private List<Published> content(String channel, StatelessSession session) {
        Optional<Shown> found = Sql.one(
                session,
                "select publication_id, type from channel where path = ? and publication_id is not null",
                row -> new Shown(row.number("publication_id"), RepositoryType.of(row.text("type"))),
                channel);
        Shown shown =
                found.orElseThrow(() -> new IllegalArgumentException("no channel " + channel + " shows anything"));
        List<Published> all = new ArrayList<>(files.allPackageFiles(shown.publicationId(), shown.type(), session));
        files.allMetadata(shown.publicationId(), session).stream()
                .sorted(Comparator.comparing(Exporter::namesOthers))
                .forEach(all::add);
        return all;
    }

    /** The index, and what signs it: under the same name from one publication to the next. */
    private static boolean namesOthers(Published file) {
        return !file.path().contains(file.blob().sha256());
    }

    /** @return false when it was there already */
    private static boolean place(Path from, Path to) throws IOException {
        if (Files.exists(to) && (Files.isSameFile(from, to) || Files.mismatch(from, to) < 0)) {
            return false;
        }
        Path parent = to.getParent();
        if (parent == null) {
            throw new IOException(to + " has no directory");
        }
        Files.createDirectories(parent);
        Path beside = Files.createTempDirectory(parent, ".export-");
        try {
            Path copy = beside.resolve("file");
            link(from, copy);
            Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside.resolve("file"));
            Files.delete(beside);
        }
        return true;
    }

    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to);
        }
    }

    private static int removeAllBut(Set<Path> wanted, Path directory) throws IOException {
        int removed = 0;
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                if (!wanted.contains(file)) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }
}
