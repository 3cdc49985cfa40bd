package dev.slipway.api.signing;

import java.util.List;

/**
 * Signatures of some or all payloads of a sign task. All are verified before any is kept; sending one again is no error.
 *
 * @param leaseId the lease the task is held by
 */
public record SignatureSubmission(String leaseId, List<PayloadSignature> signatures) {}
