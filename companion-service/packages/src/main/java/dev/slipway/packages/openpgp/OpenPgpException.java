package dev.slipway.packages.openpgp;

import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with a key, a passphrase or a signature block. The message is one line for people,
 * names the thing and the remedy, and never holds secret material.
 */
public abstract sealed class OpenPgpException extends Exception
        permits KeyMaterialException, KeyNotUsableException, SignatureFormatException, WrongPassphraseException {

    OpenPgpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
