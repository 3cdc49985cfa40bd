package dev.slipway.worker.runtime;

import dev.slipway.api.signing.PayloadSignature;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.client.Signing;
import dev.slipway.worker.signing.PayloadKind;
import dev.slipway.worker.signing.PayloadSigner;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sign tasks: fetch exactly the bytes, sign them, hand the signatures in. */
final class SignTasks {
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int BATCH = 100;

    private final Signing signing;
    private final List<PayloadSigner> signers;

    SignTasks(Signing signing, List<PayloadSigner> signers) {
        this.signing = signing;
        this.signers = signers;
    }

    Work sign(HeldTask held, long signTaskId, String keyId, LogSink log) throws IOException, InterruptedException {
        PayloadSigner signer = signers.stream()
                .filter(named(keyId))
                .findFirst()
                .orElseThrow(() -> new IOException("this worker does not hold the sign key " + keyId));
        List<SignPayload> payloads =
                Persistence.until(held, "fetching what to sign", () -> signing.payloads(signTaskId));
        log.line("signing " + payloads.size() + " pieces with " + signer.fingerprint());
        List<PayloadSignature> made = new ArrayList<>();
        for (SignPayload payload : payloads) {
            held.cancellation().check();
            byte[] bytes =
                    Persistence.until(held, "fetching " + payload.name(), () -> signing.bytes(payload, MOST_BYTES));
            made.add(new PayloadSignature(payload.id(), signer.sign(PayloadKind.of(payload.kind()), bytes)));
            log.line("signed " + payload.name() + " (" + payload.size() + " bytes)");
            if (made.size() == BATCH) {
                submit(held, signTaskId, made);
                made = new ArrayList<>();
            }
        }
        if (!made.isEmpty()) {
            submit(held, signTaskId, made);
        }
        return Work.done();
    }

    private void submit(HeldTask held, long signTaskId, List<PayloadSignature> made)
            throws IOException, InterruptedException {
        SignatureSubmission submission = new SignatureSubmission(held.lease(), List.copyOf(made));
        Persistence.until(held, "handing signatures in", () -> signing.submit(signTaskId, submission));
    }

    private static Predicate<PayloadSigner> named(String keyId) {
        return signer -> signer.keyId().equals(keyId);
    }
}
