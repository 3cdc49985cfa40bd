package dev.slipway.server.signing;

/** A signature that does not prove what it should; the message says why, in one line for people. */
final class SignatureRefusedException extends Exception {
    SignatureRefusedException(String message) {
        super(message);
    }

    SignatureRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
