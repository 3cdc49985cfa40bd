package dev.slipway.packages.openpgp;

/** The key is well-formed but must not sign: expired, revoked, not for signing, or refused by the package tools. */
public final class KeyNotUsableException extends OpenPgpException {

    KeyNotUsableException(String message) {
        super(message, null);
    }
}
