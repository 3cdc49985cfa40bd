package dev.slipway.packages.openpgp;

import org.jspecify.annotations.Nullable;

/** The bytes are not the one well-formed certificate or secret key that was asked for. */
public final class KeyMaterialException extends OpenPgpException {

    KeyMaterialException(String message) {
        this(message, null);
    }

    KeyMaterialException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
