package dev.slipway.packages.openpgp;

/** A fresh key pair. {@link #toString()} shows the public part alone. */
public final class GeneratedKey {

    private final byte[] armoredSecret;
    private final Certificate certificate;

    GeneratedKey(byte[] armoredSecret, Certificate certificate) {
        this.armoredSecret = armoredSecret;
        this.certificate = certificate;
    }

    /** The secret key file, armored; to be written with access for its owner alone. */
    public byte[] armoredSecret() {
        return armoredSecret.clone();
    }

    /** The public part. */
    public Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "generated key " + certificate.fingerprint();
    }
}
