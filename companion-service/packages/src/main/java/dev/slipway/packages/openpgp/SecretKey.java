package dev.slipway.packages.openpgp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SecretKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;

/**
 * A secret key file, still locked. {@link #unlock(char[], Clock)} gives the key that signs. Immutable and safe for use
 * by several threads.
 */
public final class SecretKey {

    private static final String WHAT = "secret key file";

    private final PGPSecretKeyRing ring;
    private final Certificate certificate;

    private SecretKey(PGPSecretKeyRing ring) throws KeyMaterialException {
        this.ring = ring;
        this.certificate = new Certificate(ring.toCertificate());
    }

    /**
     * Reads one secret key, armored or binary, as {@code gpg --export-secret-keys} and
     * {@code --export-secret-subkeys} write it.
     *
     * @throws KeyMaterialException when it is not exactly one well-formed secret key of at most 1 MiB
     */
    public static SecretKey parse(byte[] material) throws KeyMaterialException {
        var objects = KeyMaterial.objects(KeyMaterial.packets(material, Armor.PRIVATE_KEY, WHAT), WHAT);
        if (objects.size() > 1) {
            throw new KeyMaterialException("the secret key file holds several keys; give one at a time");
        }
        if (objects.isEmpty() || !(objects.get(0) instanceof PGPSecretKeyRing ring)) {
            throw new KeyMaterialException("the secret key file holds no OpenPGP secret key");
        }
        try {
            return new SecretKey(ring);
        } catch (RuntimeException e) {
            throw new KeyMaterialException("the secret key file is damaged", e);
        }
    }

    /** Reads at most 1 MiB of the stream and leaves it open; as {@link #parse(byte[])}. */
    public static SecretKey read(InputStream in) throws IOException, KeyMaterialException {
        return parse(KeyMaterial.bounded(in, WHAT));
    }

    /** The public part. */
    public Certificate certificate() {
        return certificate;
    }

    /**
     * Unlocks the key to sign with at the clock's time: the newest usable signing subkey whose secret part is in the
     * file, else the primary key.
     *
     * @param passphrase empty when the file is not protected; the caller clears it
     * @throws KeyNotUsableException when no key may sign now; the message says why
     * @throws WrongPassphraseException when the passphrase does not open the key
     * @throws KeyMaterialException when the secret part does not belong to the public part
     */
    public SigningKey unlock(char[] passphrase, Clock clock) throws OpenPgpException {
        var now = clock.instant();
        var withSecret = certificate.signingKeys(now).stream()
                .filter(key -> hasSecret(key.fingerprint()))
                .toList();
        if (withSecret.isEmpty()) {
            throw noneUsable(now);
        }
        return open(withSecret.get(0), passphrase);
    }

    /**
     * Unlocks the key or subkey with that fingerprint; the fingerprint of a primary key stands for exactly that key.
     * Throws as {@link #unlock(char[], Clock)}.
     */
    public SigningKey unlock(Fingerprint wanted, char[] passphrase, Clock clock) throws OpenPgpException {
        var key = certificate
                .key(wanted)
                .orElseThrow(() -> new KeyNotUsableException("the secret key file of " + certificate.fingerprint()
                        + " has no key " + wanted + "; it has " + fingerprints()));
        var reason = key.whyNotSigningAt(clock.instant());
        if (reason.isPresent()) {
            throw new KeyNotUsableException("the key " + wanted + " cannot sign: it " + reason.get());
        }
        if (!hasSecret(wanted)) {
            throw new KeyNotUsableException("the secret part of key " + wanted
                    + " is not in the file (kept offline or on a card); export it, or name another key");
        }
        return open(key, passphrase);
    }

    private List<Fingerprint> fingerprints() {
        return certificate.keys().stream().map(CertificateKey::fingerprint).toList();
    }

    private KeyNotUsableException noneUsable(Instant now) {
        return new KeyNotUsableException(certificate
                .whyNotSigningAt(now)
                .orElse("the secret parts of the signing keys of " + certificate.fingerprint()
                        + " are not in the file (kept offline or on a card)"));
    }

    private boolean hasSecret(Fingerprint fingerprint) {
        var key = packet(fingerprint);
        return key != null
                && !key.isPrivateKeyEmpty()
                && (key.getS2K() == null || key.getS2K().getType() != S2K.GNU_DUMMY_S2K);
    }

    private @Nullable PGPSecretKey packet(Fingerprint fingerprint) {
        for (var key : ring) {
            if (Fingerprint.of(key.getFingerprint()).equals(fingerprint)) {
                return key;
            }
        }
        return null;
    }

    private SigningKey open(CertificateKey key, char[] passphrase) throws OpenPgpException {
        var packet = requireNonNull(packet(key.fingerprint()));
        var locked = packet.getS2KUsage() != SecretKeyPacket.USAGE_NONE;
        if (locked && passphrase.length == 0) {
            throw new WrongPassphraseException(
                    "the secret key " + key.fingerprint() + " is protected and no passphrase was given");
        }
        PGPPrivateKey secret;
        try {
            secret = packet.extractPrivateKey(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase));
        } catch (PGPException | RuntimeException e) {
            // no cause: its text is the library's, and a stack trace of decryption helps nobody
            if (locked) {
                throw new WrongPassphraseException(
                        "the passphrase given does not open the secret key " + key.fingerprint());
            }
            throw new KeyMaterialException("the secret key " + key.fingerprint() + " is damaged");
        }
        return SigningKey.checked(certificate, key, packet.getPublicKey(), secret, locked);
    }

    @Override
    public String toString() {
        return "secret key " + certificate.fingerprint();
    }
}
