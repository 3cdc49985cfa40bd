package dev.slipway.packages;

import java.io.IOException;

/**
 * A file is not the package it should be. The message says in one line what is wrong, in words that can be shown to
 * whoever sent the file: it holds nothing but what the file itself says, with control characters replaced.
 *
 * <p>It is an {@link IOException} because it arises while reading, yet it is never a failure of the disk or the
 * network: reading the same bytes again gives the same answer.
 */
public final class PackageFormatException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 500;

    /** What kind of fault it is. */
    public enum Reason {
        /** Does not start as a package of this format does. */
        NOT_A_PACKAGE,
        /** Ends before it should. */
        TRUNCATED,
        /** Contradicts its format or itself. */
        MALFORMED,
        /** Claims or holds more than the limits allow. */
        TOO_LARGE,
        /** Well-formed, but of a kind that is not read here. */
        UNSUPPORTED,
        /** The header's digest differs, or there is none. */
        HEADER_DIGEST,
        /** The payload's digest differs, or there is none. */
        PAYLOAD_DIGEST,
        /** Header, payload or archive are of another size than the package says. */
        SIZE_MISMATCH,
        /** Holds programs for another machine than the architecture it claims. */
        ARCHITECTURE,
        /** Names files in a way that would leave their place. */
        UNSAFE_PATH
    }

    private final Reason reason;

    public PackageFormatException(Reason reason, String message) {
        super(oneLine(message));
        this.reason = reason;
    }

    public PackageFormatException(Reason reason, String message, Throwable cause) {
        super(oneLine(message), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    private static String oneLine(String message) {
        String clean = message.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}
