package dev.slipway.packages.openpgp;

import dev.slipway.packages.openpgp.Verification.Verdict;
import java.util.List;

/**
 * The results for all signatures of one signature block, in its order; never empty.
 */
public record SignatureReport(List<Verification> signatures) {

    public SignatureReport {
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a report needs a signature");
        }
    }

    /** At least one signature is good and none is bad; signatures by unknown keys beside it do no harm. */
    public boolean accepted() {
        return decisive().good();
    }

    /** The result that decides: a bad signature, else a good one, else the first. */
    public Verification decisive() {
        return signatures.stream()
                .filter(s -> s.verdict() == Verdict.BAD)
                .findFirst()
                .or(() -> signatures.stream().filter(Verification::good).findFirst())
                .orElse(signatures.get(0));
    }
}
