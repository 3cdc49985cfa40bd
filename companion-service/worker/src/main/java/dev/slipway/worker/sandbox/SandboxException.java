package dev.slipway.worker.sandbox;

/** A command was stopped, or could not be started, for a reason outside of it. The message is one line for people. */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What stopped it. */
    public enum Reason {
        /** The task's time is over. */
        TIME,
        MEMORY,
        /** It wrote more than it may. */
        DISK,
        /** The host's file system is full. */
        HOST_DISK,
        LOG,
        /** The sandbox could not be made. */
        SETUP
    }

    public SandboxException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
