package dev.slipway.packages.openpgp;

import dev.slipway.packages.openpgp.Verification.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/** One signature on its way: finds the key, takes the content in pieces, gives the verdict. */
final class SignatureCheck {

    private static final Set<Integer> STRONG_DIGESTS =
            Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

    private final PGPSignature signature;
    private final int expectedType;
    private final Instant now;
    private final String issuer;
    private @Nullable Certificate certificate;
    private @Nullable CertificateKey key;
    private boolean running;

    SignatureCheck(PGPSignature signature, int expectedType, List<Certificate> certificates, Instant now) {
        this.signature = signature;
        this.expectedType = expectedType;
        this.now = now;
        this.issuer = String.format(Locale.ROOT, "%016X", issuerKeyId(signature));
        find(certificates);
        start();
    }

    private static long issuerKeyId(PGPSignature signature) {
        var hashed = signature.getHashedSubPackets();
        var fingerprint = hashed == null ? null : hashed.getIssuerFingerprint();
        return signature.getKeyID() != 0 || fingerprint == null
                ? signature.getKeyID()
                : Long.parseUnsignedLong(
                        Fingerprint.of(fingerprint.getFingerprint()).keyId(), 16);
    }

    private void find(List<Certificate> certificates) {
        for (var candidate : certificates) {
            for (var candidateKey : candidate.keys()) {
                if (candidateKey.fingerprint().keyId().equals(issuer)
                        && (key == null || (usable(candidateKey) && !usable(key)))) {
                    certificate = candidate;
                    key = candidateKey;
                }
            }
        }
    }

    private boolean usable(CertificateKey candidate) {
        return candidate.whyNotSigningAt(signedAt()).isEmpty();
    }

    private void start() {
        if (certificate == null || key == null || key.algorithm().refusal() != null) {
            return;
        }
        var packet = certificate.packet(key.fingerprint());
        try {
            if (packet != null) {
                signature.init(new BcPGPContentVerifierBuilderProvider(), packet);
                running = true;
            }
        } catch (PGPException | RuntimeException e) {
            running = false; // algorithm of the signature and of the key differ: nothing can make it good
        }
    }

    void update(byte[] bytes, int offset, int length) {
        if (running) {
            signature.update(bytes, offset, length);
        }
    }

    Verification result() {
        if (key == null) {
            return verdict(Verdict.UNKNOWN_KEY, "signed by key " + issuer + ", which is not among the expected ones");
        }
        if (key.algorithm().refusal() != null) {
            return verdict(Verdict.KEY_NOT_USABLE, "the key " + key.fingerprint() + " " + key.flaw());
        }
        if (signature.getSignatureType() != expectedType) {
            return verdict(Verdict.SIGNATURE_NOT_USABLE, "the signature is not of the kind expected here");
        }
        if (!STRONG_DIGESTS.contains(signature.getHashAlgorithm())) {
            return verdict(
                    Verdict.SIGNATURE_NOT_USABLE, "the signature uses a weak digest; sign with SHA-256 or SHA-512");
        }
        if (!SelfSignatures.onlyUnderstoodIsCritical(signature)) {
            return verdict(Verdict.SIGNATURE_NOT_USABLE, "the signature has a critical part that is not understood");
        }
        if (!running || !holds()) {
            return verdict(Verdict.BAD, "the signature by " + key.fingerprint() + " does not fit the content");
        }
        return judge(key);
    }

    private boolean holds() {
        try {
            return signature.verify();
        } catch (PGPException | RuntimeException e) { // malformed numbers
            return false;
        }
    }

    private Verification judge(CertificateKey signer) {
        var signedAt = signedAt();
        var reason = signer.whyNotSigningAt(signedAt);
        if (reason.isPresent()) {
            var verdict = signer.revokedAt() != null
                    ? Verdict.KEY_REVOKED
                    : signer.flaw() == null && signer.expiredAt(signedAt)
                            ? Verdict.KEY_EXPIRED
                            : Verdict.KEY_NOT_USABLE;
            return verdict(verdict, "the key " + signer.fingerprint() + " " + reason.get());
        }
        var hashed = signature.getHashedSubPackets();
        var life = hashed == null ? 0 : hashed.getSignatureExpirationTime();
        if (life > 0 && !now.isBefore(signedAt.plusSeconds(life))) {
            return verdict(Verdict.SIGNATURE_EXPIRED, "the signature expired on " + signedAt.plusSeconds(life));
        }
        return signer.expiredAt(now)
                ? verdict(
                        Verdict.GOOD_KEY_EXPIRED_SINCE,
                        "good signature by " + signer.fingerprint() + ", whose life ended on " + signer.expiresAt())
                : verdict(Verdict.GOOD, "good signature by " + signer.fingerprint());
    }

    private Instant signedAt() {
        return signature.getCreationTime().toInstant();
    }

    private Verification verdict(Verdict verdict, String reason) {
        return new Verification(
                verdict,
                issuer,
                key == null ? null : key.fingerprint(),
                certificate == null ? null : certificate.fingerprint(),
                signedAt(),
                reason);
    }
}
