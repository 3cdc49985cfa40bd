package dev.slipway.server.signkeys;

import dev.slipway.api.signing.SignKey;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.KeyMaterialException;
import dev.slipway.server.database.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sign key's row.
 *
 * @param keyid upper case
 * @param armored the certificate, when one was uploaded
 * @param platformIds the platforms it may sign for; empty means every one
 */
public record StoredSignKey(
        long id,
        String name,
        String description,
        String keyid,
        String fingerprint,
        String publicUrl,
        @Nullable String armored,
        @Nullable Instant expiresAt,
        @Nullable Instant archivedAt,
        List<Long> platformIds,
        int revision,
        Instant inserted) {

    static final String COLUMNS = """
            k.id, k.name, k.description, k.keyid, k.fingerprint, k.public_url, k.certificate, k.expires_at,
            k.archived_at, k.revision, k.inserted,
            array(select platform_id from sign_key_platform where sign_key_id = k.id order by platform_id) as platforms""";

    static StoredSignKey read(Row row) throws SQLException {
        return new StoredSignKey(
                row.number("id"),
                row.text("name"),
                row.text("description"),
                row.text("keyid"),
                row.text("fingerprint"),
                row.text("public_url"),
                row.textOrNull("certificate"),
                row.instantOrNull("expires_at"),
                row.instantOrNull("archived_at"),
                row.numbers("platforms"),
                row.integer("revision"),
                row.instant("inserted"));
    }

    /** The certificate, when one was uploaded. */
    public Optional<Certificate> certificate() {
        try {
            return armored == null ? Optional.empty() : Optional.of(Certificate.parse(armored));
        } catch (KeyMaterialException e) {
            throw new IllegalStateException("sign key " + keyid + " has a certificate that was read before", e);
        }
    }

    /** Why nothing may be signed with it at that time: one line; empty when it is usable. */
    public Optional<String> whyNotUsableAt(Instant time) {
        if (archivedAt != null) {
            return Optional.of("key " + keyid + " was archived: use another key, or take it out of the archive");
        }
        var certificate = certificate();
        return certificate.isEmpty()
                ? Optional.of(
                        "key " + keyid + " has no certificate yet: upload it with PUT /api/v1/sign-keys/" + id + "/")
                : certificate.get().whyNotSigningAt(time);
    }

    /** Whether it may sign what was made for that platform. */
    public boolean isFor(long platformId) {
        return platformIds.isEmpty() || platformIds.contains(platformId);
    }

    /** As it is shown. */
    public SignKey shown(Instant now) {
        var reason = whyNotUsableAt(now);
        return new SignKey(
                id,
                name,
                description,
                keyid,
                fingerprint,
                publicUrl,
                inserted,
                armored,
                reason.isEmpty(),
                reason.orElse(null),
                expiresAt,
                archivedAt,
                platformIds,
                revision);
    }
}
