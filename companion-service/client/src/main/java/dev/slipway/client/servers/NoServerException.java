package dev.slipway.client.servers;

/** No companion can be chosen. The message says in one line why, and what to do about it. */
public final class NoServerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unconfigured;

    NoServerException(String message, boolean unconfigured) {
        super(message);
        this.unconfigured = unconfigured;
    }

    /** Whether nobody has configured any companion yet. */
    public boolean unconfigured() {
        return unconfigured;
    }
}
