package dev.slipway.packages.openpgp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of checking one signature.
 *
 * @param issuer what the signature says about its maker: 16 upper-case hexadecimal digits of the key id
 * @param key fingerprint of the key or subkey whose signature it is; null when no certificate at hand has it
 * @param certificate fingerprint of that key's certificate; null as above
 * @param signedAt the time the signature states; null when it states none
 * @param reason one line for people, also for a good signature
 */
public record Verification(
        Verdict verdict,
        String issuer,
        @Nullable Fingerprint key,
        @Nullable Fingerprint certificate,
        @Nullable Instant signedAt,
        String reason) {

    /** Outcomes; only the first two accept the content. */
    public enum Verdict {
        /** The content is what the key signed, and the key is valid. */
        GOOD,
        /** As {@link #GOOD}, but the key's life ended after it signed. */
        GOOD_KEY_EXPIRED_SINCE,
        /** The content or the signature was changed. */
        BAD,
        /** None of the given certificates has the key. */
        UNKNOWN_KEY,
        /** Cryptographically right, but the key had expired when it signed. */
        KEY_EXPIRED,
        /** Cryptographically right, but the key is revoked. */
        KEY_REVOKED,
        /** Cryptographically right, but the key is not for signing, too young, or of a refused kind. */
        KEY_NOT_USABLE,
        /** Cryptographically right, but the signature itself has run out. */
        SIGNATURE_EXPIRED,
        /** The signature is of a kind that proves nothing here: weak digest, unknown critical parts, wrong type. */
        SIGNATURE_NOT_USABLE
    }

    /** Whether the content may be trusted as the key's holder signed it. */
    public boolean good() {
        return verdict == Verdict.GOOD || verdict == Verdict.GOOD_KEY_EXPIRED_SINCE;
    }
}
