package dev.slipway.server.login;

/** Somebody is not let in. The message is shown to them. */
final class LoginRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean known;

    private LoginRefusedException(String message, boolean known) {
        super(message);
        this.known = known;
    }

    /** The provider does not say who it is. */
    static LoginRefusedException unknown(String message) {
        return new LoginRefusedException(message, false);
    }

    /** It is known who it is, and they may not log in here. */
    static LoginRefusedException notAllowed(String message) {
        return new LoginRefusedException(message, true);
    }

    /** Whether it is known who it is. */
    boolean isKnown() {
        return known;
    }
}
