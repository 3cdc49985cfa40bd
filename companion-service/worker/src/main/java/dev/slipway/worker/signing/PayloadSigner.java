package dev.slipway.worker.signing;

import java.io.IOException;

/** One key that this worker can sign with. Safe for use by several threads. */
public interface PayloadSigner {
    /** The certificate's key id: 16 upper-case hexadecimal digits. */
    String keyId();

    /** The certificate's fingerprint in upper-case hexadecimal digits. */
    String fingerprint();

    /**
     * Signs.
     *
     * @return for {@link PayloadKind#RPM_HEADER} one binary signature packet, for {@link PayloadKind#DETACHED} an
     *     armored signature, for {@link PayloadKind#CLEARSIGNED} the text with its signature around it
     * @throws IOException in one line that says why the key cannot sign: expired, locked, the program is missing
     */
    byte[] sign(PayloadKind kind, byte[] bytes) throws IOException;
}
