package dev.slipway.server.signing;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignatureReceipt;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.rpm.RpmHeaderSignature;
import dev.slipway.packages.rpm.RpmSignatures;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.signkeys.SignKeys;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes signatures. All of a submission are verified with the key's certificate before one of them is kept, and the signed
 * files are made and stored at once, so that the task's end has nothing left to compute. Sending a submission again, after
 * a crash or a lost answer, has no further effect: the first good signature of a payload stays.
 */
public final class Signatures {
    private final Clock clock;
    private final Transactions transactions;
    private final TaskStore tasks;
    private final SignKeys keys;
    private final Blobs blobs;
    private final Audit audit;

    public Signatures(
            Clock clock, Transactions transactions, TaskStore tasks, SignKeys keys, Blobs blobs, Audit audit) {
        this.clock = clock;
        this.transactions = transactions;
        this.tasks = tasks;
        this.keys = keys;
        this.blobs = blobs;
        this.audit = audit;
    }

    /** A task's payloads and the certificate that their signatures must fit. */
    private record Order(Certificate certificate, Map<Long, Payload> payloads) {}

    /** A verified signature with what it makes: an RPM with it inside, else the stored signature itself. */
    private record Accepted(long payloadId, byte[] signature, Blob signed, RpmSignatures.@Nullable Spliced headers) {}

    /**
     * Takes signatures from the holder of the task's lease.
     *
     * @throws ProblemException 409 when the lease is lost, 403 when it is another's, 422 with every signature at fault; nothing is kept then
     */
    SignatureReceipt submit(long taskId, UUID leaseId, List<PayloadSignature> signatures, Caller caller) {
        long userId = caller.userId();
        var order = transactions.read(session -> {
            requireLease(tasks.find(taskId, session), taskId, leaseId, userId);
            return order(taskId, session);
        });
        var accepted = verify(order, signatures);
        Failpoints.reach("sign.verified");
        int remaining = transactions.call(session -> {
            requireLease(tasks.lock(taskId, session), taskId, leaseId, userId);
            int before = Payloads.unsigned(taskId, session);
            keep(accepted, session);
            Failpoints.reach("sign.before-commit");
            int after = Payloads.unsigned(taskId, session);
            if (after != before) {
                audit.record(
                        session,
                        caller,
                        "sign",
                        "sign-task",
                        taskId,
                        Map.of("unsigned", before),
                        Map.of("unsigned", after));
            }
            return after;
        });
        Failpoints.reach("sign.committed");
        return new SignatureReceipt(signatures.size(), remaining);
    }

    private static void requireLease(Optional<TaskRow> task, long taskId, UUID leaseId, long userId) {
        var found = task.filter(t -> t.kind().equals(SignTasks.KIND))
                .orElseThrow(() -> ProblemException.notFound("sign task", taskId));
        found.requireHeldBy(leaseId, userId);
    }

    private Order order(long taskId, StatelessSession session) {
        long keyId = Sql.number(session, "select sign_key_id from sign_task where task_id = ?", taskId);
        var key = keys.get(keyId, session);
        key.whyNotUsableAt(clock.instant()).ifPresent(reason -> {
            throw ProblemException.conflict("nothing can be signed any more: " + reason);
        });
        var payloads = new HashMap<Long, Payload>();
        Payloads.of(taskId, false, session).forEach(p -> payloads.put(p.id(), p));
        return new Order(key.certificate().orElseThrow(), payloads);
    }

    private List<Accepted> verify(Order order, List<PayloadSignature> signatures) {
        var verifier = new PayloadVerifier(order.certificate(), clock);
        var accepted = new ArrayList<Accepted>();
        var faults = new ArrayList<ProblemError>();
        var seen = new HashSet<Long>();
        for (int i = 0; i < signatures.size(); i++) {
            var signature = signatures.get(i);
            var payload = order.payloads().get(signature.payloadId());
            if (payload == null || !seen.add(signature.payloadId())) {
                faults.add(new ProblemError(
                        "/signatures/" + i + "/payload_id",
                        payload == null
                                ? "payload " + signature.payloadId() + " is not one of this task"
                                : "payload " + signature.payloadId() + " is answered twice"));
                continue;
            }
            try (var bytes = payload.open(blobs.path(payload.blobSha256()))) {
                verifier.verify(payload.kind(), bytes, signature.signature());
                if (faults.isEmpty() && !payload.signed()) {
                    accepted.add(make(payload, signature.signature()));
                }
            } catch (SignatureRefusedException e) {
                faults.add(new ProblemError("/signatures/" + i + "/signature", payload.name() + ": " + e.getMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read payload " + payload.id(), e);
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.of(
                            "signature-refused",
                            422,
                            "A signature was refused",
                            faults.get(0).message() + "; nothing of this submission was kept")
                    .errors(faults);
        }
        return accepted;
    }

    private Accepted make(Payload payload, byte[] signature) throws IOException, SignatureRefusedException {
        return switch (payload.kind()) {
            case RPM_HEADER -> splice(payload, signature);
            case CLEARSIGNED, DETACHED -> new Accepted(payload.id(), signature, blobs.put(signature), null);
        };
    }

    /** Only the headers pass through memory; the payload is copied from file to file. */
    private Accepted splice(Payload payload, byte[] signature) throws IOException, SignatureRefusedException {
        var head = new ByteArrayOutputStream();
        RpmSignatures.Spliced spliced;
        try (InputStream file = blobs.open(payload.blobSha256())) {
            spliced = RpmSignatures.splice(
                    new BoundedStream(file, payload.rangeEnd()), head, RpmHeaderSignature.of(signature));
        } catch (IllegalArgumentException e) {
            throw new SignatureRefusedException(String.valueOf(e.getMessage()), e);
        }
        try (InputStream file = blobs.open(payload.blobSha256())) {
            file.skipNBytes(payload.rangeEnd());
            var whole = new SequenceInputStream(
                    new ByteArrayInputStream(head.toByteArray()), new BufferedInputStream(file));
            var blob = blobs.put(whole, null, Blobs.MOST_BYTES);
            Failpoints.reach("sign.spliced");
            return new Accepted(payload.id(), signature, blob, spliced);
        }
    }

    private void keep(List<Accepted> accepted, StatelessSession session) {
        var now = clock.instant();
        Sql.batch(
                session,
                """
                update sign_payload set signature = ?, signed_at = ?, signed_blob_sha256 = ?, signed_header_start = ?,
                    signed_header_end = ?
                where id = ? and signature is null""",
                accepted.stream()
                        .map(a -> new @Nullable Object[] {
                            a.signature(),
                            now,
                            a.signed().sha256(),
                            a.headers() == null ? null : a.headers().headerStart(),
                            a.headers() == null ? null : a.headers().headerEnd(),
                            a.payloadId()
                        })
                        .toList());
    }
}
