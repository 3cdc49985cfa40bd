package dev.slipway.server.signkeys;

import dev.slipway.api.problems.ProblemError;
import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.Fingerprint;
import dev.slipway.packages.openpgp.KeyMaterialException;
import dev.slipway.server.http.ProblemException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a key is: read from its certificate, or stated where there is none yet; what is stated beside a certificate must
 * agree with it.
 */
record KeyIdentity(
        String keyid,
        String fingerprint,
        @Nullable String armored,
        @Nullable Instant expiresAt) {
    private static final Pattern KEYID = Pattern.compile("[0-9A-F]{16}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{40}([0-9A-F]{24})?");

    /** @throws ProblemException 400 that points at the member at fault */
    static KeyIdentity of(@Nullable String certificate, @Nullable String keyid, @Nullable String fingerprint) {
        var statedKeyid = stated(keyid, KEYID, "/keyid", "must have 16 hexadecimal digits");
        var statedFingerprint =
                stated(fingerprint, FINGERPRINT, "/fingerprint", "must have 40 or 64 hexadecimal digits");
        if (certificate != null) {
            return ofCertificate(parse(certificate), statedKeyid, statedFingerprint);
        }
        if (statedKeyid == null || statedFingerprint == null) {
            throw fault("/certificate", "is needed, or else both keyid and fingerprint");
        }
        if (!Fingerprint.parse(statedFingerprint).keyId().equals(statedKeyid)) {
            throw fault("/keyid", "is not the one of this fingerprint");
        }
        return new KeyIdentity(statedKeyid, statedFingerprint, null, null);
    }

    private static KeyIdentity ofCertificate(
            Certificate certificate, @Nullable String keyid, @Nullable String fingerprint) {
        var actual = certificate.fingerprint();
        if (keyid != null && !keyid.equals(actual.keyId())) {
            throw fault("/keyid", "is " + keyid + ", but the certificate's is " + actual.keyId());
        }
        if (fingerprint != null && !fingerprint.equals(actual.hex())) {
            throw fault("/fingerprint", "is " + fingerprint + ", but the certificate's is " + actual.hex());
        }
        return new KeyIdentity(
                actual.keyId(),
                actual.hex(),
                certificate.armored(),
                certificate.primary().expiresAt());
    }

    private static Certificate parse(String armored) {
        try {
            return Certificate.parse(armored);
        } catch (KeyMaterialException e) {
            throw fault("/certificate", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String stated(@Nullable String text, Pattern form, String pointer, String message) {
        if (text == null) {
            return null;
        }
        var plain = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!form.matcher(plain).matches()) {
            throw fault(pointer, message);
        }
        return plain;
    }

    static ProblemException fault(String pointer, String message) {
        return ProblemException.badRequest(pointer + " " + message, new ProblemError(pointer, message));
    }
}
