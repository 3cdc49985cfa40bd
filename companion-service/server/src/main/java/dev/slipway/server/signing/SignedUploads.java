package dev.slipway.server.signing;

import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignedFile;
import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.rpm.RpmHeaderSignature;
import dev.slipway.packages.rpm.RpmPackage;
import dev.slipway.packages.rpm.RpmReader;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.BlobAddresses;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.signkeys.SignKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.StatelessSession;

/**
 * Whole signed files that an external node has uploaded. Nothing of them is trusted and nothing is kept but the signature:
 * each file is read and checked to its last byte, must have the content of the file that was to be signed, and its signature
 * then goes the way of every other.
 */
public final class SignedUploads {
    private static final long LARGEST_TEXT = 4L << 20;

    private final Clock clock;
    private final Transactions transactions;
    private final SignKeys keys;
    private final Blobs blobs;
    private final BlobAddresses addresses;

    public SignedUploads(Clock clock, Transactions transactions, SignKeys keys, Blobs blobs, BlobAddresses addresses) {
        this.clock = clock;
        this.transactions = transactions;
        this.keys = keys;
        this.blobs = blobs;
        this.addresses = addresses;
    }

    private record Order(Certificate certificate, Map<Long, Payload> payloads) {}

    /**
     * The signatures of a task's files.
     *
     * @throws ProblemException 422 when a file is missing, unknown or not uploaded: then the report can be sent again
     * @throws SignatureRefusedException when a file is not the one that was to be signed, or not signed
     */
    List<PayloadSignature> signatures(long taskId, List<SignedFile> files) throws SignatureRefusedException {
        var order = transactions.read(session -> order(taskId, session));
        var left = new LinkedHashMap<>(order.payloads());
        var found = new ArrayList<PayloadSignature>();
        for (int i = 0; i < files.size(); i++) {
            var file = files.get(i);
            var payload = file.id() == null ? null : left.remove(file.id());
            if (payload == null) {
                throw ProblemException.unprocessable("/packages/" + i + "/id: " + file.id()
                        + " is not a file of sign task " + taskId + ", or comes twice");
            }
            found.add(new PayloadSignature(payload.id(), signature(payload, blob(file, i), order.certificate())));
        }
        if (!left.isEmpty()) {
            throw ProblemException.unprocessable("the report lacks " + left.size() + " of the task's files, first "
                    + left.values().iterator().next().name());
        }
        return found;
    }

    private Order order(long taskId, StatelessSession session) {
        var key = keys.get(Sql.number(session, "select sign_key_id from sign_task where task_id = ?", taskId), session);
        var payloads = new LinkedHashMap<Long, Payload>();
        Payloads.of(taskId, false, session).forEach(p -> payloads.put(p.id(), p));
        var certificate = key.certificate()
                .orElseThrow(() -> ProblemException.conflict("key " + key.keyid() + " has no certificate any more"));
        return new Order(certificate, payloads);
    }

    private Blob blob(SignedFile file, int index) {
        var sha256 = file.sha256();
        var href = file.href();
        if (sha256 != null) {
            return transactions
                    .read(session -> blobs.find(session, sha256.toLowerCase(Locale.ROOT)))
                    .orElseThrow(() -> ProblemException.unprocessable("/packages/" + index
                            + "/sha256: no blob has the SHA-256 " + sha256 + ": upload the signed file first"));
        }
        if (href != null) {
            return transactions
                    .read(session -> addresses.find(href, session))
                    .orElseThrow(() -> ProblemException.unprocessable("/packages/" + index + "/href: no blob is at '"
                            + href + "': upload the signed file first"));
        }
        throw ProblemException.unprocessable(
                "/packages/" + index + ": a signed file is named by its sha256 or by the href of its blob");
    }

    private byte[] signature(Payload payload, Blob upload, Certificate certificate) throws SignatureRefusedException {
        try {
            return payload.kind() == PayloadKind.RPM_HEADER
                    ? headerSignature(payload, upload, certificate)
                    : text(payload, upload, certificate);
        } catch (PackageFormatException e) {
            throw new SignatureRefusedException(payload.name() + ": the signed file is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the uploaded form of " + payload.name(), e);
        }
    }

    private byte[] headerSignature(Payload payload, Blob upload, Certificate certificate)
            throws IOException, SignatureRefusedException {
        RpmPackage signed = RpmReader.read(blobs.path(upload.sha256()));
        if (!signed.headerSha256().equals(payload.sha256())) {
            throw new SignatureRefusedException(
                    payload.name() + ": the signed file has other content than the file that was to be signed");
        }
        var verifier = new PayloadVerifier(certificate, clock);
        String reason = "it carries no signature of its header";
        for (RpmHeaderSignature each : signed.signatures().headerSignatures()) {
            try (var bytes = payload.open(blobs.path(payload.blobSha256()))) {
                verifier.verify(PayloadKind.RPM_HEADER, bytes, each.packet());
                return each.packet();
            } catch (SignatureRefusedException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        throw new SignatureRefusedException(payload.name() + ": " + reason);
    }

    private byte[] text(Payload payload, Blob upload, Certificate certificate)
            throws IOException, SignatureRefusedException {
        if (upload.size() > LARGEST_TEXT) {
            throw new SignatureRefusedException(payload.name() + ": the signed text is too large");
        }
        byte[] signed = Files.readAllBytes(blobs.path(upload.sha256()));
        try (var bytes = payload.open(blobs.path(payload.blobSha256()))) {
            new PayloadVerifier(certificate, clock).verify(payload.kind(), bytes, signed);
            return signed;
        } catch (SignatureRefusedException e) {
            throw new SignatureRefusedException(payload.name() + ": " + e.getMessage(), e);
        }
    }
}
