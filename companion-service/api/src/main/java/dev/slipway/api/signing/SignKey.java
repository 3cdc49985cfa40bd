package dev.slipway.api.signing;

import dev.slipway.api.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key that workers sign with. The service never holds the secret half.
 *
 * @param keyid the primary key's id: 16 hex digits, upper case
 * @param fingerprint the primary key's fingerprint: 40 (version 4) or 64 (version 6) hex digits, upper case
 * @param publicUrl where people fetch the certificate; the service's own {@code /keys/<keyid>.asc} when none was named
 * @param certificate the armored OpenPGP certificate; absent until it is uploaded, and nothing can be signed until then
 * @param active whether new sign tasks may use it: it has a certificate, is neither archived nor expired nor revoked
 * @param inactiveReason why it is not active: one line
 * @param expiresAt read from the certificate
 * @param archived when it was taken out of use; what it signed stays signed
 * @param platformIds the platforms it may sign for; empty means every one
 */
public record SignKey(
        long id,
        String name,
        String description,
        String keyid,
        String fingerprint,
        String publicUrl,
        Instant inserted,
        @Nullable String certificate,
        boolean active,
        @Nullable String inactiveReason,
        @Nullable Instant expiresAt,
        @Nullable Instant archived,
        List<Long> platformIds,
        int revision) {
    public SignKey {
        platformIds = Copies.list(platformIds);
    }
}
