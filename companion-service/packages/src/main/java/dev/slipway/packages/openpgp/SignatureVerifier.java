package dev.slipway.packages.openpgp;

import dev.slipway.packages.openpgp.Verification.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * Checks signatures against given certificates and nothing else: no keyring, no trust on first use. Immutable and safe
 * for use by several threads.
 */
public final class SignatureVerifier {

    /** Release files of the largest archives stay below ten megabytes. */
    public static final int MAX_CLEAR_SIGNED_BYTES = 64 << 20;

    private static final int BUFFER = 1 << 16;

    private final List<Certificate> certificates;
    private final Clock clock;

    /** @param clock decides whether a key has expired since */
    public SignatureVerifier(Collection<Certificate> certificates, Clock clock) {
        this.certificates = List.copyOf(certificates);
        this.clock = clock;
    }

    /**
     * Checks a detached signature block, armored or binary, against the whole stream.
     *
     * @throws IOException when reading the data fails
     * @throws SignatureFormatException when the block cannot be read; a signature that does not fit is a
     *     {@link Verdict#BAD} result instead
     */
    public SignatureReport detached(InputStream data, byte[] signatures) throws IOException, SignatureFormatException {
        var checks = checks(signatures, PGPSignature.BINARY_DOCUMENT);
        var buffer = new byte[BUFFER];
        for (int n; (n = data.read(buffer)) >= 0; ) {
            for (var check : checks) {
                check.update(buffer, 0, n);
            }
        }
        return report(checks);
    }

    /** As {@link #detached(InputStream, byte[])}, over bytes in memory. */
    public SignatureReport detached(byte[] data, byte[] signatures) throws SignatureFormatException {
        try {
            return detached(new ByteArrayInputStream(data), signatures);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * Checks a clear-signed text.
     *
     * @throws SignatureFormatException when it is not exactly one clear-signed text of at most 64 MiB: also when other
     *     text stands before or after it
     */
    public ClearSigned clearSigned(byte[] message) throws SignatureFormatException {
        if (message.length > MAX_CLEAR_SIGNED_BYTES) {
            throw new SignatureFormatException("the clear-signed text is larger than " + MAX_CLEAR_SIGNED_BYTES);
        }
        var parts = ClearText.parse(message);
        var checks = checks(parts.signature, PGPSignature.CANONICAL_TEXT_DOCUMENT);
        var first = true;
        for (var line : ClearText.lines(parts.text)) {
            for (var check : checks) {
                if (!first) {
                    check.update(ClearText.LINE_END, 0, ClearText.LINE_END.length);
                }
                check.update(parts.text, line.start(), line.signedLength());
            }
            first = false;
        }
        return new ClearSigned(parts.text, report(checks));
    }

    private List<SignatureCheck> checks(byte[] block, int type) throws SignatureFormatException {
        var checks = new ArrayList<SignatureCheck>();
        for (var signature : SignaturePackets.parse(block)) {
            checks.add(new SignatureCheck(signature, type, certificates, clock.instant()));
        }
        return checks;
    }

    private static SignatureReport report(List<SignatureCheck> checks) {
        return new SignatureReport(checks.stream().map(SignatureCheck::result).toList());
    }
}
