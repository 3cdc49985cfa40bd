package dev.slipway.server.ingest;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes packages in: each file is read and checked once, and its identity, dependencies and metadata fragments are kept, so
 * that nobody reads it again.
 */
public final class Packages {
    private static final Pattern APT_EPOCH =
            Pattern.compile("(?<=^[^_]{1,200})_[0-9]{1,10}%3a(?=[^_]+_[^_]+\\.u?deb$)");

    private final Transactions transactions;
    private final Blobs blobs;
    private final Clock clock;

    public Packages(Transactions transactions, Blobs blobs, Clock clock) {
        this.transactions = transactions;
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * Takes in a package whose bytes are stored. One that is known already is not read again. Not to be called within a
     * transaction.
     *
     * @param siblings files stored beside it, among which a {@code .dsc} finds what it names
     * @throws PackageRefusedException when it is no package, is damaged, or lies about itself
     */
    public StoredPackage ingest(PackageFile file, Collection<PackageFile> siblings) {
        Optional<StoredPackage> known = transactions.read(session -> find(file.sha256(), session));
        if (known.isPresent()) {
            requireName(file, known.get().fileName());
            return known.get();
        }
        Instant now = clock.instant();
        ReadPackage read = read(file, siblings, now);
        requireName(file, read.fileName());
        return transactions.call(session -> store(file, read, now, session));
    }

    /** The package that these bytes are, if they were taken in. */
    public Optional<StoredPackage> find(String sha256, StatelessSession session) {
        return Sql.one(
                session,
                "select " + StoredPackage.COLUMNS + " from package p where blob_sha256 = ?",
                StoredPackage::read,
                sha256);
    }

    private ReadPackage read(PackageFile file, Collection<PackageFile> siblings, Instant now) {
        Path path = blobs.path(file.sha256());
        String name = file.name().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".rpm")) {
                return RpmIntake.read(path, file, now);
            }
            if (name.endsWith(".deb") || name.endsWith(".udeb")) {
                return DebIntake.read(path);
            }
            if (name.endsWith(".dsc")) {
                return DscIntake.read(path, file, byName(siblings));
            }
            throw new PackageRefusedException("NOT_A_PACKAGE", file.name() + " is not named as a package is");
        } catch (PackageFormatException e) {
            throw new PackageRefusedException(e.reason().name(), file.name() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the stored bytes of " + file.name(), e);
        }
    }

    private static Map<String, PackageFile> byName(Collection<PackageFile> files) {
        return files.stream().collect(Collectors.toMap(PackageFile::name, each -> each, (first, second) -> first));
    }

    /**
     * A file name that differs from what is inside would be served under a lie. The epoch that apt puts into the names of
     * what it downloads ({@code vim_2%3a9.0-1_amd64.deb}) is no difference; the file is served under its plain name.
     */
    private static void requireName(PackageFile file, String identity) {
        if (!APT_EPOCH.matcher(file.name()).replaceFirst("_").equals(identity)) {
            throw new PackageRefusedException(
                    "FILE_NAME", file.name() + " holds the package whose file is called " + identity);
        }
    }

    private StoredPackage store(PackageFile file, ReadPackage read, Instant now, StatelessSession session) {
        Long id = insert(file, read, now, session);
        if (id == null) {
            // somebody else took in the same bytes at the same time
            return find(file.sha256(), session).orElseThrow();
        }
        Sql.batch(
                session,
                "insert into package_fragment (package_id, kind, content) values (?, ?, ?)",
                read.fragments().entrySet().stream()
                        .map(each -> new @Nullable Object[] {id, each.getKey(), each.getValue()})
                        .collect(Collectors.toList()));
        Sql.batch(
                session,
                "insert into package_member (package_id, file_name, blob_sha256, size) values (?, ?, ?, ?)",
                read.members().stream()
                        .map(each -> new @Nullable Object[] {id, each.name(), each.sha256(), each.size()})
                        .collect(Collectors.toList()));
        return find(file.sha256(), session).orElseThrow();
    }

    private static @Nullable Long insert(PackageFile file, ReadPackage read, Instant now, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        insert into package (format, name, epoch, version, release, arch, nevra, is_source, is_debug,
                            source_name, summary, file_name, blob_sha256, size, content_digest, header, header_start,
                            header_end, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (blob_sha256) do nothing returning id
                        """,
                        row -> row.number("id"),
                        read.format(),
                        read.name(),
                        read.epoch(),
                        read.version(),
                        read.release(),
                        read.arch(),
                        read.nevra(),
                        read.isSource(),
                        read.isDebug(),
                        read.sourceName(),
                        read.summary(),
                        read.fileName(),
                        file.sha256(),
                        file.size(),
                        read.contentDigest(),
                        read.header(),
                        read.headerStart(),
                        read.headerEnd(),
                        now)
                .orElse(null);
    }

    /** The packages of these ids, by id. */
    public Map<Long, StoredPackage> get(Collection<Long> ids, StatelessSession session) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<StoredPackage> found = Sql.list(
                session,
                "select " + StoredPackage.COLUMNS + " from package p where id = any(?)",
                StoredPackage::read,
                ids);
        return found.stream().collect(Collectors.toMap(StoredPackage::id, Objects::requireNonNull));
    }
}
