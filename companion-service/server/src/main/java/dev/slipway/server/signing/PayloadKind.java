package dev.slipway.server.signing;

/** What a payload is and what answers it. */
enum PayloadKind {
    /** An RPM's main header; answered by one binary signature packet. */
    RPM_HEADER("rpm-header"),
    /** A file; answered by an armored detached signature. */
    DETACHED("detached"),
    /** A text; answered by the whole clear-signed text. */
    CLEARSIGNED("clearsigned");

    private final String word;

    PayloadKind(String word) {
        this.word = word;
    }

    /** As stored and shown. */
    String word() {
        return word;
    }

    static PayloadKind of(String word) {
        for (var kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of payload is called " + word);
    }
}
