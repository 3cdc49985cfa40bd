package dev.slipway.api.signing;

/**
 * What came of a submission.
 *
 * @param accepted how many signatures were sent and are good
 * @param remaining how many payloads still have none
 */
public record SignatureReceipt(int accepted, int remaining) {}
