package dev.slipway.server.ingest;

/** A file is not the package that it should be. The message is one line that names the file and what is wrong with it. */
public final class PackageRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;

    /** @param code stable word, such as {@code TRUNCATED} or {@code ARCHITECTURE} */
    public PackageRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
