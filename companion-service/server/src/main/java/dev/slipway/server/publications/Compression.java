package dev.slipway.server.publications;

import java.util.Locale;

/** How metadata is packed. */
public enum Compression {
    /** Read by every client there is; the default. */
    GZIP,
    /** Smaller and faster; clients of before about 2022 cannot read it. */
    ZSTD;

    /** The word in requests and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The compression of a word. */
    public static Compression of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
