package dev.slipway.api.signing;

import dev.slipway.api.Copies;
import java.util.List;
import java.util.UUID;

/**
 * Signatures of some or all payloads of a sign task. All are verified before any is kept; sending one again is no error.
 *
 * @param leaseId the lease the task is held by
 */
public record SignatureSubmission(UUID leaseId, List<PayloadSignature> signatures) {
    public SignatureSubmission {
        signatures = Copies.list(signatures);
    }
}
