package dev.slipway.worker.jobs;

import java.util.Locale;

/** How a job ended. */
public enum Outcome {
    SUCCEEDED,
    /** The work ran and said no. */
    FAILED,
    /** The work could not run: a tool, a root or a repository is at fault, not the source. */
    ERROR,
    /** The source says that it isn't for this architecture. */
    EXCLUDED,
    /** It was told to stop. */
    CANCELLED;

    /** The word used on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
