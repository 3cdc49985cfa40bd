package dev.slipway.packages.openpgp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** The signatures a primary key made over itself, its user ids and its subkeys; those that verify, nothing else. */
final class SelfSignatures {

    private static final Set<Integer> UNDERSTOOD = Set.of(
            SignatureSubpacketTags.CREATION_TIME,
            SignatureSubpacketTags.EXPIRE_TIME,
            SignatureSubpacketTags.EXPORTABLE,
            SignatureSubpacketTags.REVOCABLE,
            SignatureSubpacketTags.KEY_EXPIRE_TIME,
            SignatureSubpacketTags.PREFERRED_SYM_ALGS,
            SignatureSubpacketTags.ISSUER_KEY_ID,
            SignatureSubpacketTags.PREFERRED_HASH_ALGS,
            SignatureSubpacketTags.PREFERRED_COMP_ALGS,
            SignatureSubpacketTags.KEY_SERVER_PREFS,
            SignatureSubpacketTags.PREFERRED_KEY_SERV,
            SignatureSubpacketTags.PRIMARY_USER_ID,
            SignatureSubpacketTags.POLICY_URL,
            SignatureSubpacketTags.KEY_FLAGS,
            SignatureSubpacketTags.SIGNER_USER_ID,
            SignatureSubpacketTags.REVOCATION_REASON,
            SignatureSubpacketTags.FEATURES,
            SignatureSubpacketTags.EMBEDDED_SIGNATURE,
            SignatureSubpacketTags.ISSUER_FINGERPRINT);

    private final PGPPublicKey primary;

    SelfSignatures(PGPPublicKey primary) {
        this.primary = primary;
    }

    /** Newest first. */
    List<PGPSignature> onPrimary(int type) {
        return verified(primary.getSignaturesOfType(type), primary, s -> s.verifyCertification(primary));
    }

    /** Certifications (all four grades), newest first. */
    List<PGPSignature> onUserId(byte[] userId) {
        return onUserId(userId, s -> PGPSignature.isCertification(s.getSignatureType()));
    }

    List<PGPSignature> revocationsOfUserId(byte[] userId) {
        return onUserId(userId, s -> s.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION);
    }

    private List<PGPSignature> onUserId(byte[] userId, Predicate<PGPSignature> type) {
        var all = new ArrayList<PGPSignature>();
        var signatures = primary.getSignaturesForID(userId);
        while (signatures != null && signatures.hasNext()) {
            var signature = signatures.next();
            if (type.test(signature)) {
                all.add(signature);
            }
        }
        return verified(all.iterator(), primary, s -> s.verifyCertification(userId, primary));
    }

    /** Bindings or revocations of a subkey, newest first. */
    List<PGPSignature> onSubkey(PGPPublicKey subkey, int type) {
        return verified(subkey.getSignaturesOfType(type), primary, s -> s.verifyCertification(primary, subkey));
    }

    /**
     * Whether the subkey itself agreed to belong here. Without it anyone could adopt another's signing key as a
     * subkey and claim its signatures.
     */
    boolean acceptedBySubkey(PGPPublicKey subkey, PGPSignature binding) {
        var embedded = new ArrayList<PGPSignature>();
        for (var vector : List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
            try {
                vector.getEmbeddedSignatures().forEach(embedded::add);
            } catch (PGPException | RuntimeException e) {
                return false;
            }
        }
        embedded.removeIf(s -> s.getSignatureType() != PGPSignature.PRIMARYKEY_BINDING);
        return !verified(embedded.iterator(), subkey, s -> s.verifyCertification(primary, subkey))
                .isEmpty();
    }

    static Optional<PGPSignature> newest(List<PGPSignature> newestFirst) {
        return newestFirst.stream().findFirst();
    }

    private interface Check {
        boolean holds(PGPSignature signature) throws PGPException;
    }

    private static List<PGPSignature> verified(Iterator<PGPSignature> candidates, PGPPublicKey issuer, Check check) {
        var good = new ArrayList<PGPSignature>();
        while (candidates.hasNext()) {
            var signature = candidates.next();
            if (signature.getKeyID() == issuer.getKeyID() && acceptable(signature) && holds(signature, issuer, check)) {
                good.add(signature);
            }
        }
        good.sort(Comparator.comparing(PGPSignature::getCreationTime).reversed());
        return good;
    }

    private static boolean acceptable(PGPSignature signature) {
        return signature.getVersion() == 4
                && signature.getHashAlgorithm() != HashAlgorithmTags.MD5
                && onlyUnderstoodIsCritical(signature);
    }

    /** RFC 9580, 5.2.3.7: a signature with a critical subpacket that the reader does not know is in error. */
    static boolean onlyUnderstoodIsCritical(PGPSignature signature) {
        var hashed = signature.getHashedSubPackets();
        if (hashed == null) {
            return true;
        }
        for (var tag : hashed.getCriticalTags()) {
            if (!UNDERSTOOD.contains(tag)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(PGPSignature signature, PGPPublicKey issuer, Check check) {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), issuer);
            return check.holds(signature);
        } catch (PGPException | RuntimeException e) { // malformed values: the signature does not hold
            return false;
        }
    }
}
