package dev.slipway.server.tasks;

/** What a worker reported is no acceptable result. The task ends as failed with this code and line. */
public final class RefusedContentException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;

    /**
     * @param code stable word for programs, such as {@code TRUNCATED}
     * @param message one line that names the file and what is wrong with it
     */
    public RefusedContentException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
