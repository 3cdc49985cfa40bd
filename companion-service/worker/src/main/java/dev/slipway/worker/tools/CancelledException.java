package dev.slipway.worker.tools;

/** A task was cancelled; the message is the reason that was given. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CancelledException(String reason) {
        super(reason);
    }
}
