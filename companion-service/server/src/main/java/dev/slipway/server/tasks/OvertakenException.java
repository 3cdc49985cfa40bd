package dev.slipway.server.tasks;

/** What was prepared before the transaction no longer fits what others have done since: prepare it again. */
public final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
