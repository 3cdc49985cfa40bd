package dev.slipway.server.blobs;

import dev.slipway.packages.MessageDigests;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content by digest: bytes in the store and a row that says that they count. Each digest's file and row change together
 * under a lock, so that an upload never meets the sweep that removes what nothing refers to. A new blob is safe from the
 * sweep for {@link #GRACE}, within which something has to refer to it.
 */
public final class Blobs {
    /** How long a blob is kept that nothing refers to. */
    public static final Duration GRACE = Duration.ofDays(1);

    /** The largest blob that is taken, in bytes. */
    public static final long MOST_BYTES = 64L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);
    private static final int SWEEP_BATCH = 200;

    private final Clock clock;
    private final Transactions transactions;
    private final BlobStore store;

    public Blobs(Clock clock, Transactions transactions, BlobStore store) {
        this.clock = clock;
        this.transactions = transactions;
        this.store = store;
    }

    /**
     * Stores bytes, or finds that they are stored already. Not to be called within a transaction.
     *
     * @param declaredSha256 what the sender says their digest is, in hexadecimal; absent when it does not say
     * @throws ProblemException 422 when they have another digest, 413 when they are too many, 507 when the disk is full
     */
    public Blob put(InputStream bytes, @Nullable String declaredSha256, long mostBytes) throws IOException {
        if (declaredSha256 != null) {
            Optional<Blob> known = transactions.call(session -> touch(session, declaredSha256));
            if (known.isPresent()) {
                require(declaredSha256, store.digest(bytes, mostBytes));
                return known.get();
            }
        }
        try (BlobStore.Received received = store.receive(bytes, mostBytes)) {
            Blob blob = received.blob();
            if (declaredSha256 != null) {
                require(declaredSha256, blob.sha256());
            }
            Failpoints.reach("blob.received");
            transactions.run(session -> keep(session, received, blob));
            return blob;
        }
    }

    /** Keeps a known blob from the sweep for another while, if it is there. */
    private Optional<Blob> touch(StatelessSession session, String sha256) {
        lock(session, sha256);
        Optional<Blob> known = Sql.one(
                session,
                "update blob set created_at = ? where sha256 = ? returning sha256, size",
                row -> new Blob(row.text("sha256"), row.number("size")),
                clock.instant(),
                sha256);
        return known.filter(store::exists);
    }

    private static void require(String declared, String actual) {
        if (!declared.equals(actual)) {
            throw ProblemException.of(
                    "digest-mismatch",
                    422,
                    "The digest does not match",
                    "the bytes have the SHA-256 " + actual + ", not " + declared + ": send the file again");
        }
    }

    /** Stores a few bytes that are in memory. */
    public Blob put(byte[] bytes) {
        try {
            String sha256 = HexFormat.of().formatHex(MessageDigests.sha256().digest(bytes));
            return put(new ByteArrayInputStream(bytes), sha256, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store bytes", e);
        }
    }

    private void keep(StatelessSession session, BlobStore.Received received, Blob blob) {
        lock(session, blob.sha256());
        try {
            if (!store.exists(blob)) {
                received.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a blob", e);
        }
        Failpoints.reach("blob.renamed");
        Sql.update(
                session,
                "insert into blob (sha256, size, created_at) values (?, ?, ?)"
                        + " on conflict (sha256) do update set created_at = excluded.created_at",
                blob.sha256(),
                blob.size(),
                clock.instant());
    }

    /** Finds a blob by its digest. */
    public Optional<Blob> find(StatelessSession session, String sha256) {
        return Sql.one(
                session,
                "select sha256, size from blob where sha256 = ?",
                row -> new Blob(row.text("sha256"), row.number("size")),
                sha256);
    }

    /** The file that holds a blob's bytes. */
    public Path path(String sha256) {
        return store.path(sha256);
    }

    /** A blob's bytes. */
    public InputStream open(String sha256) throws IOException {
        return Files.newInputStream(store.path(sha256), StandardOpenOption.READ);
    }

    /** Removes blobs that nothing has referred to for the grace time, and what broken uploads left. */
    public void sweep() throws IOException {
        store.removeIncomingBefore(clock.instant().minus(GRACE));
        List<String> unused;
        do {
            unused = transactions.call(this::forget);
            for (String sha256 : unused) {
                Failpoints.reach("blob.forgotten");
                transactions.run(session -> removeFile(session, sha256));
            }
            LOG.debug("removed {} blobs that nothing refers to", unused.size());
        } while (unused.size() == SWEEP_BATCH);
    }

    private List<String> forget(StatelessSession session) {
        String references = References.unused(session, "b.sha256");
        return Sql.list(
                session,
                "delete from blob where sha256 in (select b.sha256 from blob b where b.created_at < ? and " + references
                        + " limit ? for update skip locked) returning sha256",
                row -> row.text("sha256"),
                clock.instant().minus(GRACE),
                SWEEP_BATCH);
    }

    private void removeFile(StatelessSession session, String sha256) {
        lock(session, sha256);
        if (find(session, sha256).isEmpty()) {
            try {
                store.delete(sha256);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove a blob's file", e);
            }
        }
    }

    /** Held until the transaction ends, across companions. */
    private static void lock(StatelessSession session, String sha256) {
        Sql.list(
                session,
                "select pg_advisory_xact_lock(?)",
                row -> true,
                Long.parseUnsignedLong(sha256.substring(0, 16), 16));
    }
}
