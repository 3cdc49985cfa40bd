package dev.slipway.packages.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.jspecify.annotations.Nullable;

/**
 * A public OpenPGP certificate: one primary key, its user ids and subkeys. Only parts with a valid self-signature
 * are shown. Immutable and safe for use by several threads.
 */
public final class Certificate {

    private static final String WHAT = "certificate";

    private final PGPPublicKeyRing ring;
    private final List<CertificateKey> keys;
    private final List<String> userIds;

    Certificate(PGPPublicKeyRing ring) throws KeyMaterialException {
        this.ring = ring;
        try {
            var evaluation = new KeyEvaluation(ring);
            keys = evaluation.keys();
            userIds = evaluation.userIds();
        } catch (RuntimeException e) { // the library's answer to values outside their range
            throw new KeyMaterialException("the certificate is damaged", e);
        }
    }

    /**
     * Reads one certificate, armored or binary.
     *
     * @throws KeyMaterialException when it is not exactly one well-formed public certificate of at most 1 MiB
     */
    public static Certificate parse(byte[] material) throws KeyMaterialException {
        var objects = KeyMaterial.objects(KeyMaterial.packets(material, Armor.PUBLIC_KEY, WHAT), WHAT);
        if (objects.stream().anyMatch(PGPSecretKeyRing.class::isInstance)) {
            throw KeyMaterial.secretInside();
        }
        if (objects.size() > 1) {
            throw new KeyMaterialException("the certificate holds several keys; give one at a time");
        }
        if (objects.isEmpty() || !(objects.get(0) instanceof PGPPublicKeyRing ring)) {
            throw new KeyMaterialException("the certificate holds no OpenPGP public key");
        }
        return new Certificate(ring);
    }

    /** Reads one armored certificate; as {@link #parse(byte[])}. */
    public static Certificate parse(String armored) throws KeyMaterialException {
        return parse(armored.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads at most 1 MiB of the stream and leaves it open; as {@link #parse(byte[])}. */
    public static Certificate read(InputStream in) throws IOException, KeyMaterialException {
        return parse(KeyMaterial.bounded(in, WHAT));
    }

    /** The primary key's fingerprint, which names the certificate. */
    public Fingerprint fingerprint() {
        return primary().fingerprint();
    }

    /** The primary key's id: 16 upper-case hexadecimal digits. */
    public String keyId() {
        return fingerprint().keyId();
    }

    /** The primary key. */
    public CertificateKey primary() {
        return keys.get(0);
    }

    /** The primary key first, then the subkeys in the certificate's order. */
    public List<CertificateKey> keys() {
        return keys;
    }

    /** User ids that are certified and not revoked, with control characters replaced. */
    public List<String> userIds() {
        return userIds;
    }

    /** The keys whose signatures made at {@code time} count, subkeys before the primary key, newest first. */
    public List<CertificateKey> signingKeys(Instant time) {
        return keys.stream()
                .filter(key -> key.whyNotSigningAt(time).isEmpty())
                .sorted(Comparator.comparing(CertificateKey::primary)
                        .thenComparing(
                                Comparator.comparing(CertificateKey::createdAt).reversed()))
                .toList();
    }

    /**
     * Says why nothing can be signed with this certificate at {@code time}, in one line for people; empty when a key
     * is usable.
     */
    public Optional<String> whyNotSigningAt(Instant time) {
        if (!signingKeys(time).isEmpty()) {
            return Optional.empty();
        }
        var subkeyReason = keys.stream()
                .filter(key -> !key.primary() && key.flaw() == null)
                .findFirst()
                .orElse(primary());
        return subkeyReason
                .whyNotSigningAt(time)
                .map(reason -> "no key of certificate " + fingerprint() + " may sign: key " + subkeyReason.fingerprint()
                        + " " + reason);
    }

    /** The key, primary or subkey, with that fingerprint. */
    public Optional<CertificateKey> key(Fingerprint fingerprint) {
        return keys.stream().filter(k -> k.fingerprint().equals(fingerprint)).findFirst();
    }

    /** The certificate in ASCII armor, without comments, local signatures and trust packets; ends with a line feed. */
    public String armored() {
        return new String(Armor.write(encoded()), StandardCharsets.US_ASCII);
    }

    /** The certificate as binary packets. */
    public byte[] encoded() {
        var bytes = new ByteArrayOutputStream();
        try {
            ring.encode(bytes, true);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    @Nullable
    PGPPublicKey packet(Fingerprint fingerprint) {
        for (var key : ring) {
            if (Fingerprint.of(key.getFingerprint()).equals(fingerprint)) {
                return key;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "certificate " + fingerprint() + " " + userIds;
    }
}
