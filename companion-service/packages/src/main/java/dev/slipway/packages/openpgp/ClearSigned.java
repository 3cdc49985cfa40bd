package dev.slipway.packages.openpgp;

import java.nio.charset.StandardCharsets;

/** A clear-signed text that was taken apart and checked. */
public final class ClearSigned {

    private final byte[] text;
    private final SignatureReport report;

    ClearSigned(byte[] text, SignatureReport report) {
        this.text = text;
        this.report = report;
    }

    /** Whether the bytes begin as a clear-signed text does. */
    public static boolean isClearSigned(byte[] message) {
        return ClearText.begins(message);
    }

    /**
     * The text of a message whose signatures are of no concern here, in the form of {@link #text()}. Nothing vouches for
     * it.
     *
     * @throws SignatureFormatException when it is not exactly one clear-signed text
     */
    public static byte[] unverifiedText(byte[] message) throws SignatureFormatException {
        return ClearText.parse(message).text;
    }

    /**
     * Exactly what the signatures cover: dash escapes removed, blanks at line ends dropped, every line ended by one
     * line feed. To be used only when {@link #report()} is accepted.
     */
    public byte[] text() {
        return text.clone();
    }

    /** {@link #text()} as UTF-8. */
    public String string() {
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The results for its signatures. */
    public SignatureReport report() {
        return report;
    }
}
