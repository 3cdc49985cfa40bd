package dev.slipway.server.signing;

import dev.slipway.packages.openpgp.Certificate;
import dev.slipway.packages.openpgp.SignatureFormatException;
import dev.slipway.packages.openpgp.SignatureReport;
import dev.slipway.packages.openpgp.SignatureVerifier;
import dev.slipway.packages.openpgp.Verification.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Decides whether a signature answers a payload: right bytes, right key, right form, and a key that may sign now. Safe for
 * use by several threads.
 */
final class PayloadVerifier {
    private static final String ARMOR = "-----BEGIN PGP SIGNATURE-----";

    private final SignatureVerifier verifier;

    /** @param certificate of the one key that may have signed */
    PayloadVerifier(Certificate certificate, Clock clock) {
        this.verifier = new SignatureVerifier(List.of(certificate), clock);
    }

    /**
     * Checks one signature.
     *
     * @param payload exactly the bytes that were to be signed
     * @throws SignatureRefusedException when it must not be accepted
     * @throws IOException when the payload cannot be read
     */
    void verify(PayloadKind kind, InputStream payload, byte[] signature) throws SignatureRefusedException, IOException {
        try {
            switch (kind) {
                case RPM_HEADER -> {
                    if (signature.length == 0 || (signature[0] & 0x80) == 0) {
                        throw new SignatureRefusedException("an RPM header's signature must be one binary packet");
                    }
                    accept(verifier.detached(payload, signature));
                }
                case DETACHED -> {
                    if (!startsWithArmor(signature)) {
                        throw new SignatureRefusedException("a detached signature must be in ASCII armor");
                    }
                    accept(verifier.detached(payload, signature));
                }
                case CLEARSIGNED -> {
                    var signed = verifier.clearSigned(signature);
                    accept(signed.report());
                    if (!Arrays.equals(signed.text(), canonical(payload.readAllBytes()))) {
                        throw new SignatureRefusedException(
                                "the clear-signed text is not the one that was to be signed");
                    }
                }
            }
        } catch (SignatureFormatException e) {
            throw new SignatureRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** One signature, good, by a key that is valid now: a key that ended since it signed is no key to publish with. */
    private static void accept(SignatureReport report) throws SignatureRefusedException {
        if (report.signatures().size() != 1) {
            throw new SignatureRefusedException("one signature is expected, and here are "
                    + report.signatures().size());
        }
        var only = report.signatures().get(0);
        if (only.verdict() != Verdict.GOOD) {
            throw new SignatureRefusedException(only.reason());
        }
    }

    private static boolean startsWithArmor(byte[] signature) {
        return new String(signature, 0, Math.min(signature.length, ARMOR.length()), StandardCharsets.US_ASCII)
                .equals(ARMOR);
    }

    /** What clear-signing covers of a text (RFC 9580, 7.1): blanks at line ends and the kind of line end are not. */
    private static byte[] canonical(byte[] text) {
        var out = new ByteArrayOutputStream(text.length + 1);
        for (int start = 0; start < text.length; ) {
            int end = start;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            int last = end;
            while (last > start && (text[last - 1] == ' ' || text[last - 1] == '\t' || text[last - 1] == '\r')) {
                last--;
            }
            out.write(text, start, last - start);
            out.write('\n');
            start = end + 1;
        }
        return out.toByteArray();
    }
}
