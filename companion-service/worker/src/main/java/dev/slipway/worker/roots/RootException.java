package dev.slipway.worker.roots;

/** A clean root could not be made. The message is one line for people. */
public final class RootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RootException(String message) {
        super(message);
    }

    public RootException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
