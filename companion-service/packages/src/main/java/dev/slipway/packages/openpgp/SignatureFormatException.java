package dev.slipway.packages.openpgp;

import org.jspecify.annotations.Nullable;

/** A signature block or clear-signed text is malformed: nothing could be checked. */
public final class SignatureFormatException extends OpenPgpException {

    SignatureFormatException(String message) {
        this(message, null);
    }

    SignatureFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
