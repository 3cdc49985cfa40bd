package dev.slipway.api.signing;

import java.util.List;

/** One page of what a sign task still wants signed. */
public record SignPayloadPage(List<SignPayload> payloads, long totalPayloads, int currentPage) {}
