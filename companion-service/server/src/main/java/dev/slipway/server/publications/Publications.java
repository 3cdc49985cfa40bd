package dev.slipway.server.publications;

import dev.slipway.packages.buckets.BucketAssembler;
import dev.slipway.packages.buckets.FileBucketCache;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.publications.Publication.State;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.RepositoryType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes publications. Equal requests get one publication, also while it is being made; nothing of it can be seen before it
 * is whole; a process that dies in the middle leaves a row that the next request completes.
 */
public final class Publications {

    private static final Logger LOG = LoggerFactory.getLogger(Publications.class);

    private final Transactions transactions;
    private final PublicationRows rows;
    private final PublicationRequests requests;
    private final Map<RepositoryType, MetadataAssembler> assemblers;
    private final Validation validation;
    private final PublicationSweep sweep;
    private final Clock clock;
    private final List<PublicationListener> listeners = new ArrayList<>();
    private final Map<Long, CompletableFuture<Publication>> underWay = new ConcurrentHashMap<>();
    private @Nullable MetadataSigning signing;

    private Publications(
            Transactions transactions,
            PublicationRows rows,
            PublicationRequests requests,
            Map<RepositoryType, MetadataAssembler> assemblers,
            Validation validation,
            PublicationSweep sweep,
            Clock clock) {
        this.transactions = transactions;
        this.rows = rows;
        this.requests = requests;
        this.assemblers = assemblers;
        this.validation = validation;
        this.sweep = sweep;
        this.clock = clock;
    }

    /**
     * Puts together all that makes publications.
     *
     * @param var a directory for cached parts of metadata and for files that are being made
     * @throws IOException when the directory cannot be used
     */
    public static Publications create(
            Clock clock, Transactions transactions, Blobs blobs, Repositories repositories, Path var)
            throws IOException {
        FileBucketCache buckets = new FileBucketCache(var.resolve("buckets"), clock);
        MetadataStore store = new MetadataStore(new BucketAssembler(buckets), blobs, var.resolve("publishing"));
        Fragments fragments = new Fragments(transactions);
        return new Publications(
                transactions,
                new PublicationRows(),
                new PublicationRequests(repositories, new PublicationHash()),
                Map.of(
                        RepositoryType.RPM, new RpmAssembler(transactions, fragments, store),
                        RepositoryType.DEB, new DebAssembler(transactions, fragments, store)),
                new Validation(blobs),
                new PublicationSweep(transactions, buckets, clock),
                clock);
    }

    /** Removes what nobody shows any more. */
    public void sweep() throws IOException {
        sweep.sweep();
    }

    /** Says who has metadata signed; part of the wiring, before the first request. */
    public void signWith(MetadataSigning newSigning) {
        this.signing = newSigning;
    }

    /** Tells {@code listener} from now on what becomes of publications; part of the wiring. */
    public void listen(PublicationListener listener) {
        listeners.add(listener);
    }

    /**
     * Makes a repository's version readable. Blocks until its files are made; not to be called in a transaction.
     *
     * @return the publication: ready, waiting for its signatures, or failed with its reason
     */
    public Publication prepare(long repositoryId, int version) {
        return prepare(transactions.read(session -> requests.ofVersion(repositoryId, version, session)));
    }

    /**
     * As {@link #prepare(long, int)}, for the set of packages of a compose.
     *
     * @param signKeyId the key that signs the metadata, if one does
     */
    public Publication prepareSet(
            long contentSetId, RepositoryType type, PublicationOptions options, @Nullable Long signKeyId) {
        return prepare(transactions.read(session -> requests.ofSet(contentSetId, type, options, signKeyId, session)));
    }

    /** The publication of a content set, if there is one; it cannot vanish before the session's transaction ends. */
    public Optional<Publication> findSet(
            long contentSetId,
            RepositoryType type,
            PublicationOptions options,
            @Nullable Long signKeyId,
            StatelessSession session) {
        return rows.findByHash(
                requests.ofSet(contentSetId, type, options, signKeyId, session).hash(), session);
    }

    /** The publication of that id; its state cannot change before the session's transaction ends. */
    public Optional<Publication> hold(long id, StatelessSession session) {
        return rows.hold(id, session);
    }

    private Publication prepare(PublicationRequest request) {
        Publication publication = transactions.call(session -> rows.claim(request, clock.instant(), session));
        if (publication.state() == State.READY || publication.state() == State.SIGNING) {
            return publication;
        }
        CompletableFuture<Publication> mine = new CompletableFuture<>();
        CompletableFuture<Publication> others = underWay.putIfAbsent(publication.id(), mine);
        if (others != null) {
            return await(others);
        }
        try {
            Publication made = make(publication.id(), request);
            mine.complete(made);
            return made;
        } catch (Throwable t) {
            mine.completeExceptionally(t);
            throw t;
        } finally {
            underWay.remove(publication.id());
        }
    }

    private static Publication await(CompletableFuture<Publication> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Publication make(long id, PublicationRequest request) {
        MetadataAssembler.Assembled assembled;
        try {
            Failpoints.reach("publication.claimed");
            MetadataAssembler assembler = assemblers.get(request.type());
            if (assembler == null) {
                throw new IllegalStateException("nothing makes metadata for " + request.type());
            }
            assembled = assembler.assemble(request.content(), request.options());
            validation.check(assembler, assembled);
        } catch (IOException | UncheckedIOException | InvalidMetadataException | ProblemException e) {
            LOG.error("publication {} could not be made", id, e);
            return transactions.call(session -> fail(id, "its metadata could not be made: " + e.getMessage(), session));
        }
        Failpoints.reach("publication.assembled");
        return transactions.call(session -> finish(id, request, assembled, session));
    }

    private Publication finish(
            long id, PublicationRequest request, MetadataAssembler.Assembled assembled, StatelessSession session) {
        Publication current = rows.lock(id, session)
                .orElseThrow(() -> new IllegalStateException("publication " + id + " was removed while it was made"));
        if (current.state() == State.READY || current.state() == State.SIGNING) {
            return current; // made by another companion in the meantime: its files are as good
        }
        rows.removeFiles(id, session);
        rows.addFiles(id, assembled.files(), session);
        if (request.signKeyId() == null) {
            ready(id, assembled.packageCount(), session);
        } else {
            if (signing == null) {
                throw new IllegalStateException("nobody signs metadata");
            }
            rows.setState(id, State.SIGNING, null, assembled.packageCount(), null, session);
            signing.request(id, assembled.toSign(), request.signKeyId(), session);
        }
        Failpoints.reach("publication.before-commit");
        return rows.find(id, session).orElseThrow();
    }

    /**
     * Takes the signatures of a publication, which were verified, and makes it ready. Of one that is not waiting for them
     * nothing is taken.
     *
     * @param signatures the stored bytes by the path they are to be shown under: all that were wanted
     */
    public void signed(long id, Map<String, Blob> signatures, StatelessSession session) {
        Publication publication = rows.lock(id, session).orElse(null);
        if (publication == null || publication.state() != State.SIGNING) {
            return;
        }
        rows.addFiles(
                id,
                signatures.entrySet().stream()
                        .map(e -> new StoredFile(
                                e.getKey(), e.getValue().sha256(), e.getValue().size()))
                        .toList(),
                session);
        ready(id, null, session);
    }

    /** Gives up a publication: it could not be signed. Asking for it again tries again. */
    public void failed(long id, String reason, StatelessSession session) {
        fail(id, reason, session);
    }

    private Publication fail(long id, String reason, StatelessSession session) {
        Publication publication = rows.lock(id, session)
                .orElseThrow(() -> new IllegalStateException("publication " + id + " was removed while it was made"));
        if (publication.state() == State.READY) {
            return publication;
        }
        rows.setState(id, State.FAILED, reason, null, null, session);
        listeners.forEach(listener -> listener.failed(id, reason, session));
        return rows.find(id, session).orElseThrow();
    }

    private void ready(long id, @Nullable Integer packageCount, StatelessSession session) {
        rows.setState(id, State.READY, null, packageCount, clock.instant(), session);
        listeners.forEach(listener -> listener.ready(id, session));
    }
}
