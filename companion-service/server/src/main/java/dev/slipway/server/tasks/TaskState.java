package dev.slipway.server.tasks;

import java.util.Locale;

/** Where a task is in its life, with the founding document's number for it. */
public enum TaskState {
    /** Waits for other tasks. */
    BLOCKED(0, "idle"),
    /** Can be claimed. */
    READY(0, "idle"),
    RUNNING(1, "started"),
    SUCCEEDED(2, "completed"),
    /** The work ran and said no. */
    FAILED(3, "failed"),
    /** The work could not run, or not to its end. */
    ERROR(3, "failed"),
    /** The source says that it isn't meant for this architecture. */
    EXCLUDED(4, "excluded"),
    /** Its worker has been or will be told to stop. */
    CANCELLING(1, "started"),
    CANCELLED(5, "cancelled");

    private final int status;
    private final String statusName;

    TaskState(int status, String statusName) {
        this.status = status;
        this.statusName = statusName;
    }

    /** As stored and shown: {@code ready}, {@code running}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of a {@link #word}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TaskState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The founding document's number. */
    public int status() {
        return status;
    }

    /** The founding document's word for its number. */
    public String statusName() {
        return statusName;
    }

    /** Whether a worker holds it. */
    public boolean isLeased() {
        return this == RUNNING || this == CANCELLING;
    }

    public boolean hasEnded() {
        return switch (this) {
            case BLOCKED, READY, RUNNING, CANCELLING -> false;
            case SUCCEEDED, FAILED, ERROR, EXCLUDED, CANCELLED -> true;
        };
    }

    /** Whether a restart of what failed takes it up. */
    public boolean isFailure() {
        return this == FAILED || this == ERROR;
    }
}
