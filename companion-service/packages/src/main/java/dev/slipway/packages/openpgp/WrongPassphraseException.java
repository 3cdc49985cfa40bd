package dev.slipway.packages.openpgp;

/** The passphrase does not open the secret key, or one is needed and none was given. */
public final class WrongPassphraseException extends OpenPgpException {

    WrongPassphraseException(String message) {
        super(message, null);
    }
}
