package dev.slipway.worker.signing;

import dev.slipway.packages.openpgp.DigestAlgorithm;
import dev.slipway.packages.openpgp.OpenPgpException;
import dev.slipway.packages.openpgp.SecretKey;
import dev.slipway.packages.openpgp.Signer;
import dev.slipway.packages.openpgp.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Signs in this process with the key of an OpenPGP secret key file. */
public final class KeyFileSigner implements PayloadSigner, AutoCloseable {
    private final SigningKey key;
    private final Signer signer;

    private KeyFileSigner(SigningKey key, Clock clock) {
        this.key = key;
        this.signer = new Signer(key, DigestAlgorithm.SHA256, clock);
    }

    /**
     * Reads and unlocks a key.
     *
     * @param passphrase cleared by the caller; empty for none
     * @throws IOException in one line that names the file: unreadable, not a secret key, wrong passphrase, expired
     */
    public static KeyFileSigner open(Path file, char[] passphrase, Clock clock) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new KeyFileSigner(SecretKey.read(in).unlock(passphrase, clock), clock);
        } catch (OpenPgpException e) {
            throw new IOException("sign key file " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String keyId() {
        return key.certificate().keyId();
    }

    @Override
    public String fingerprint() {
        return key.certificate().fingerprint().toString();
    }

    @Override
    public byte[] sign(PayloadKind kind, byte[] bytes) throws IOException {
        try {
            return switch (kind) {
                case RPM_HEADER -> signer.detached(bytes);
                case DETACHED -> signer.detachedArmored(bytes);
                case CLEARSIGNED -> signer.clearSigned(bytes);
            };
        } catch (OpenPgpException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
