package dev.slipway.packages.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.jspecify.annotations.Nullable;

/**
 * What the verified self-signatures of a certificate say. Where several apply, the newest counts; where a
 * direct-key signature and a user id's certification disagree about the end, the earlier end counts.
 */
final class KeyEvaluation {

    private static final int MAX_MODULUS_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;

    private final PGPPublicKey primary;
    private final SelfSignatures signatures;
    private final List<PGPSignature> certifications = new ArrayList<>();
    private final List<String> userIds = new ArrayList<>();
    private final List<CertificateKey> keys = new ArrayList<>();

    KeyEvaluation(PGPPublicKeyRing ring) throws KeyMaterialException {
        primary = ring.getPublicKey();
        if (primary.getVersion() != 4) {
            throw new KeyMaterialException("keys of OpenPGP version " + primary.getVersion()
                    + " are not read by rpm 4.18 and gpg 2.2; make a version 4 key");
        }
        for (var key : ring) {
            requireCheapNumbers(key);
        }
        signatures = new SelfSignatures(primary);
        readUserIds();
        SelfSignatures.newest(signatures.onPrimary(PGPSignature.DIRECT_KEY)).ifPresent(certifications::add);
        if (certifications.isEmpty()) {
            throw new KeyMaterialException("the certificate " + Fingerprint.of(primary.getFingerprint())
                    + " has no valid self-signature: nothing proves that its parts belong together");
        }
        certifications.sort(Comparator.comparing(PGPSignature::getCreationTime).reversed());
        var main = primaryKey();
        keys.add(main);
        for (var key : ring) {
            if (!key.isMasterKey() && key.getVersion() == 4) {
                keys.add(subkey(key, main));
            }
        }
    }

    /** Numbers of a size that nobody uses would make each verification take seconds or minutes. */
    private static void requireCheapNumbers(PGPPublicKey key) throws KeyMaterialException {
        if (key.getPublicKeyPacket().getKey() instanceof RSAPublicBCPGKey rsa
                && (rsa.getModulus().bitLength() > MAX_MODULUS_BITS
                        || rsa.getPublicExponent().bitLength() > MAX_EXPONENT_BITS)) {
            throw new KeyMaterialException("the key " + Fingerprint.of(key.getFingerprint())
                    + " has RSA numbers beyond 8192 bits, or an exponent beyond 64 bits");
        }
    }

    List<CertificateKey> keys() {
        return List.copyOf(keys);
    }

    List<String> userIds() {
        return List.copyOf(userIds);
    }

    private void readUserIds() {
        primary.getRawUserIDs().forEachRemaining(raw -> {
            var certification = SelfSignatures.newest(signatures.onUserId(raw));
            var revocation = SelfSignatures.newest(signatures.revocationsOfUserId(raw));
            if (certification.isPresent() && !revokedAfter(certification.get(), revocation)) {
                certifications.add(certification.get());
                userIds.add(printable(raw));
            }
        });
    }

    private static boolean revokedAfter(PGPSignature certification, Optional<PGPSignature> revocation) {
        return revocation
                .filter(r -> !createdAt(r).isBefore(createdAt(certification)))
                .isPresent();
    }

    private CertificateKey primaryKey() {
        var revoked = SelfSignatures.newest(signatures.onPrimary(PGPSignature.KEY_REVOCATION));
        var end = certifications.stream()
                .map(s -> end(primary, s))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        // RFC 9580 leaves a primary key without flags unrestricted
        var maySign = certifications.stream()
                .map(KeyEvaluation::flags)
                .flatMap(Optional::stream)
                .findFirst()
                .map(f -> (f & KeyFlags.SIGN_DATA) != 0)
                .orElse(true);
        var flaw = maySign ? null : "is not meant for signing";
        return key(primary, true, end, revoked.map(KeyEvaluation::createdAt).orElse(null), flaw);
    }

    private CertificateKey subkey(PGPPublicKey subkey, CertificateKey main) {
        var binding = SelfSignatures.newest(signatures.onSubkey(subkey, PGPSignature.SUBKEY_BINDING))
                .orElse(null);
        var revoked = SelfSignatures.newest(signatures.onSubkey(subkey, PGPSignature.SUBKEY_REVOCATION))
                .map(KeyEvaluation::createdAt)
                .orElse(null);
        var end = binding == null ? main.expiresAt() : earlier(main.expiresAt(), end(subkey, binding));
        return key(subkey, false, end, earlier(main.revokedAt(), revoked), subkeyFlaw(subkey, binding));
    }

    private @Nullable String subkeyFlaw(PGPPublicKey subkey, @Nullable PGPSignature binding) {
        if (binding == null) {
            return "is not bound to the certificate";
        }
        if ((flags(binding).orElse(0) & KeyFlags.SIGN_DATA) == 0) {
            return "is not meant for signing";
        }
        return signatures.acceptedBySubkey(subkey, binding)
                ? null
                : "has not agreed to the certificate that claims it (no back signature)";
    }

    private static CertificateKey key(
            PGPPublicKey key,
            boolean primary,
            @Nullable Instant end,
            @Nullable Instant revokedAt,
            @Nullable String flaw) {
        var algorithm = KeyAlgorithm.of(key);
        var refusal = algorithm.refusal() == null ? null : "is " + algorithm.name() + ": " + algorithm.refusal();
        return new CertificateKey(
                Fingerprint.of(key.getFingerprint()),
                primary,
                algorithm,
                key.getCreationTime().toInstant(),
                end,
                revokedAt,
                flaw == null ? refusal : flaw);
    }

    /** The end that a self-signature sets: of the key's life, or of the signature that keeps it valid. */
    private static @Nullable Instant end(PGPPublicKey key, PGPSignature signature) {
        var hashed = signature.getHashedSubPackets();
        var keyEnd = after(key.getCreationTime().toInstant(), hashed.getKeyExpirationTime());
        return earlier(keyEnd, after(createdAt(signature), hashed.getSignatureExpirationTime()));
    }

    private static @Nullable Instant after(Instant start, long seconds) {
        return seconds == 0 ? null : start.plusSeconds(seconds);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static Optional<Integer> flags(PGPSignature signature) {
        var hashed = signature.getHashedSubPackets();
        return hashed.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                ? Optional.of(hashed.getKeyFlags())
                : Optional.empty();
    }

    private static Instant createdAt(PGPSignature signature) {
        return signature.getCreationTime().toInstant();
    }

    /** User ids are free text of strangers: control characters must not reach a terminal or a log. */
    private static String printable(byte[] userId) {
        return new String(userId, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
