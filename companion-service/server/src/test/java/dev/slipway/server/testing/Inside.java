package dev.slipway.server.testing;

import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.BlobStore;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Database;
import dev.slipway.server.database.DatabaseAddress;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.ingest.PackageFile;
import dev.slipway.server.ingest.Packages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A companion's database and blobs from behind, for what callers cannot do: taking in packages that no build made, and
 * looking at rows. Works beside a running companion, as a second one on the same database would.
 */
public final class Inside implements AutoCloseable {
    private final Database database;
    private final Transactions transactions;
    private final Blobs blobs;
    private final Packages packages;

    public Inside(String databaseUrl, Path var, Clock clock) {
        try {
            database = Database.open(DatabaseAddress.parse(databaseUrl), 6, List.of());
            transactions = new Transactions(database);
            blobs = new Blobs(clock, transactions, new BlobStore(var.resolve("blobs")));
            packages = new Packages(transactions, blobs, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Inside of(CompanionExtension companion) {
        return new Inside(companion.databaseUrl(), companion.var(), companion.clock());
    }

    public Transactions transactions() {
        return transactions;
    }

    public Blobs blobs() {
        return blobs;
    }

    /** Stores a file and takes it in as a package; its id. The files beside it are what a {@code .dsc} names. */
    public long ingest(Path file, Path... beside) {
        List<PackageFile> siblings = new ArrayList<>();
        for (Path each : beside) {
            siblings.add(store(each));
        }
        return packages.ingest(store(file), siblings).id();
    }

    private PackageFile store(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Blob blob = blobs.put(in, null, Blobs.MOST_BYTES);
            return new PackageFile(file.getFileName().toString(), blob.sha256(), blob.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an insert, update or delete. */
    public int execute(String sql, Object... parameters) {
        return transactions.call(session -> Sql.update(session, sql, parameters));
    }

    /** The number that a query gives. */
    public long number(String sql, Object... parameters) {
        return transactions.read(session -> Sql.number(session, sql, parameters));
    }

    /** The number that an insert with {@code returning id} gives. */
    public long insert(String sql, Object... parameters) {
        return transactions.call(session -> Sql.number(session, sql, parameters));
    }

    @Override
    public void close() {
        database.close();
    }
}
