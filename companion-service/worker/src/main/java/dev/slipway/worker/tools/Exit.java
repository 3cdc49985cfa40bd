package dev.slipway.worker.tools;

/**
 * How a program ended.
 *
 * @param code its exit code; 128 and more when it was killed
 */
public record Exit(int code, End end) {
    /** Why it ended. */
    public enum End {
        BY_ITSELF,
        TIMED_OUT,
        /** It wrote more than it may. */
        OUTPUT_LIMIT
    }

    public boolean ok() {
        return code == 0 && end == End.BY_ITSELF;
    }
}
