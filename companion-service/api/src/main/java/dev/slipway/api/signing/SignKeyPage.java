package dev.slipway.api.signing;

import dev.slipway.api.Copies;
import java.util.List;

/** One page of sign keys, oldest first; {@code currentPage} counts from 1. */
public record SignKeyPage(List<SignKey> signKeys, long totalSignKeys, int currentPage) {
    public SignKeyPage {
        signKeys = Copies.list(signKeys);
    }
}
