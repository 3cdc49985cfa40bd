package dev.slipway.worker.signing;

/** What form a signature has to have. */
public enum PayloadKind {
    RPM_HEADER("rpm-header"),
    DETACHED("detached"),
    CLEARSIGNED("clearsigned");

    private final String word;

    PayloadKind(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException for a kind that this worker does not know */
    public static PayloadKind of(String word) {
        for (PayloadKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("this worker cannot make signatures of the kind '" + word + "'");
    }
}
