package dev.slipway.packages.openpgp;

import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.bcpg.ECPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What a key is made of, and whether every package tool takes signatures by it.
 *
 * @param name as people say it: {@code RSA 4096}, {@code Ed25519}, {@code NIST P-256}
 * @param refusal why signatures by such a key are refused; null when they are fine
 */
public record KeyAlgorithm(String name, @Nullable String refusal) {

    private static final int MINIMUM_RSA_BITS = 2048;
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.15.1");
    private static final Map<ASN1ObjectIdentifier, String> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, "NIST P-256",
            SECObjectIdentifiers.secp384r1, "NIST P-384",
            SECObjectIdentifiers.secp521r1, "NIST P-521");

    @SuppressWarnings("deprecation") // RSA_SIGN and RSA_ENCRYPT: no longer made, but old certificates have them
    static KeyAlgorithm of(PGPPublicKey key) {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, PublicKeyAlgorithmTags.RSA_SIGN -> rsa(key.getBitStrength());
            case PublicKeyAlgorithmTags.EDDSA_LEGACY -> edDsa(key);
            case PublicKeyAlgorithmTags.ECDSA -> ecDsa(key);
            case PublicKeyAlgorithmTags.Ed25519 ->
                new KeyAlgorithm("Ed25519 (RFC 9580 form)", "gpg 2.2 and rpm 4.18 do not read this key form");
            case PublicKeyAlgorithmTags.DSA -> new KeyAlgorithm("DSA", "DSA is no longer accepted by apt and rpm");
            case PublicKeyAlgorithmTags.RSA_ENCRYPT,
                    PublicKeyAlgorithmTags.ECDH,
                    PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT,
                    PublicKeyAlgorithmTags.X25519,
                    PublicKeyAlgorithmTags.X448 -> new KeyAlgorithm("encryption only", "it cannot sign");
            default ->
                new KeyAlgorithm("algorithm " + key.getAlgorithm(), "gpg 2.2 and rpm 4.18 do not know this algorithm");
        };
    }

    private static KeyAlgorithm rsa(int bits) {
        return new KeyAlgorithm(
                "RSA " + bits, bits >= MINIMUM_RSA_BITS ? null : "RSA keys below 2048 bits are too weak");
    }

    private static KeyAlgorithm edDsa(PGPPublicKey key) {
        return ED25519.equals(curve(key))
                ? new KeyAlgorithm("Ed25519", null)
                : new KeyAlgorithm("EdDSA on another curve", "rpm 4.18 knows Ed25519 only");
    }

    private static KeyAlgorithm ecDsa(PGPPublicKey key) {
        var name = CURVES.getOrDefault(curve(key), "ECDSA");
        return new KeyAlgorithm(name, "rpm 4.18 refuses ECDSA keys; use RSA or Ed25519");
    }

    private static @Nullable ASN1ObjectIdentifier curve(PGPPublicKey key) {
        return key.getPublicKeyPacket().getKey() instanceof ECPublicBCPGKey ec ? ec.getCurveOID() : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
