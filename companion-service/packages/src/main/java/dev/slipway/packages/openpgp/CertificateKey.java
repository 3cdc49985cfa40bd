package dev.slipway.packages.openpgp;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The primary key or a subkey of a certificate, as its verified self-signatures describe it.
 *
 * @param primary whether it is the certificate's primary key
 * @param createdAt whole seconds
 * @param expiresAt first moment at which it is no longer valid, the primary key's end included; null when it never ends
 * @param revokedAt when it, or the primary key, was revoked; null when it was not. A revocation holds for every
 *     signature, also earlier ones, as gpgv and apt have it
 * @param flaw why this key must never sign packages (not bound, not for signing, refused algorithm); null when it may
 */
public record CertificateKey(
        Fingerprint fingerprint,
        boolean primary,
        KeyAlgorithm algorithm,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String flaw) {

    /** The reason why a signature made at {@code time} does not count; empty when it does. */
    public Optional<String> whyNotSigningAt(Instant time) {
        if (revokedAt != null) {
            return Optional.of("was revoked on " + revokedAt);
        }
        if (flaw != null) {
            return Optional.of(flaw);
        }
        if (time.isBefore(createdAt)) {
            return Optional.of("was created on " + createdAt + ", after " + time);
        }
        return expiredAt(time) ? Optional.of("expired on " + expiresAt) : Optional.empty();
    }

    /** Whether the key's life was over at that time. */
    public boolean expiredAt(Instant time) {
        return expiresAt != null && !time.isBefore(expiresAt);
    }
}
