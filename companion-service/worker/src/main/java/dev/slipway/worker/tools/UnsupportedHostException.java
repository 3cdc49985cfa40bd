package dev.slipway.worker.tools;

/** This machine can't run the worker's jobs. The message says what it lacks and how to give it, in one line. */
public final class UnsupportedHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedHostException(String message) {
        super(message);
    }
}
