package dev.slipway.worker.tools;

/** A program could not be started. The message names it. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
