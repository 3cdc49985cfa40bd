package dev.slipway.packages.rpm;

import java.util.List;
import java.util.Set;

/**
 * What a package's signature header holds. Nothing here says that a signature is good: verify it with the key.
 *
 * @param tags the numbers of all tags present, in ascending order
 * @param headerSignatures signatures over the main header: tags 268 (RSA), 267 (other algorithms), 278 (OpenPGP, of rpm
 *     6), each one once
 * @param legacySignatures signatures over main header and payload as rpm before 4.0 made them: tags 1002 and 1005
 */
public record RpmSignatureHeader(
        Set<Integer> tags, List<RpmHeaderSignature> headerSignatures, List<RpmHeaderSignature> legacySignatures) {
    /** Whether there is any signature. */
    public boolean isSigned() {
        return !headerSignatures.isEmpty() || !legacySignatures.isEmpty();
    }
}
