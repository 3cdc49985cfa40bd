package dev.slipway.packages.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.Destroyable;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/**
 * An unlocked key, ready to sign through a {@link Signer}. Safe for use by several threads. After
 * {@link #destroy()} it signs no more and holds no reference to the secret; the numbers themselves stay in the heap
 * until they are collected, since Java offers no way to wipe them.
 */
public final class SigningKey implements Destroyable, AutoCloseable {

    private final Certificate certificate;
    private final CertificateKey key;
    private final PGPPublicKey publicKey;
    private volatile @Nullable PGPPrivateKey secret;

    private SigningKey(Certificate certificate, CertificateKey key, PGPPublicKey publicKey, PGPPrivateKey secret) {
        this.certificate = certificate;
        this.key = key;
        this.publicKey = publicKey;
        this.secret = secret;
    }

    /**
     * Proves by a signature that the secret belongs to the public key. This finds a wrong passphrase that the weak
     * checksum of old key files let pass, and public numbers that were exchanged in the file, which would otherwise
     * give the secret away with the first signature.
     */
    static SigningKey checked(
            Certificate certificate, CertificateKey key, PGPPublicKey publicKey, PGPPrivateKey secret, boolean locked)
            throws OpenPgpException {
        var signingKey = new SigningKey(certificate, key, publicKey, secret);
        var probe = "probe".getBytes(StandardCharsets.US_ASCII);
        try {
            var generator = signingKey.generator(PGPSignature.BINARY_DOCUMENT, DigestAlgorithm.SHA256, key.createdAt());
            generator.update(probe);
            var signature = generator.generate();
            signature.init(new BcPGPContentVerifierBuilderProvider(), publicKey);
            signature.update(probe);
            if (signature.verify()) {
                return signingKey;
            }
        } catch (PGPException | RuntimeException e) {
            // told below: whatever failed, the parts do not fit
        }
        throw new KeyMaterialException("the secret part of key " + key.fingerprint() + " does not fit its public part"
                + (locked ? " (or the passphrase is wrong)" : ""));
    }

    /** The key that makes the signatures: a subkey, or the primary key. */
    public CertificateKey key() {
        return key;
    }

    /** Fingerprint of {@link #key()}. */
    public Fingerprint fingerprint() {
        return key.fingerprint();
    }

    /** The certificate that others verify with. */
    public Certificate certificate() {
        return certificate;
    }

    PGPSignatureGenerator signature(int type, DigestAlgorithm digest, Instant at) throws KeyNotUsableException {
        var reason = key.whyNotSigningAt(at);
        if (reason.isPresent()) {
            throw new KeyNotUsableException("the key " + fingerprint() + " cannot sign: it " + reason.get());
        }
        try {
            return generator(type, digest, at);
        } catch (PGPException e) {
            throw new IllegalStateException("a key that was checked refuses to sign", e);
        }
    }

    private PGPSignatureGenerator generator(int type, DigestAlgorithm digest, Instant at) throws PGPException {
        var unlocked = secret;
        if (unlocked == null) {
            throw new IllegalStateException("the signing key was destroyed");
        }
        var generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), digest.tag()), publicKey);
        generator.init(type, unlocked);
        var hashed = new PGPSignatureSubpacketGenerator();
        hashed.setIssuerFingerprint(false, publicKey);
        hashed.setSignatureCreationTime(false, Date.from(at));
        generator.setHashedSubpackets(hashed.generate());
        var unhashed = new PGPSignatureSubpacketGenerator();
        unhashed.setIssuerKeyID(false, publicKey.getKeyID());
        generator.setUnhashedSubpackets(unhashed.generate());
        return generator;
    }

    @Override
    public void destroy() {
        secret = null;
    }

    @Override
    public boolean isDestroyed() {
        return secret == null;
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return "signing key " + fingerprint();
    }
}
