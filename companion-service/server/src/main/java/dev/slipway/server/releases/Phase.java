package dev.slipway.server.releases;

import java.util.Locale;

/** What the commit of a release is doing. */
enum Phase {
    /** The repositories' next versions are drawn up and their metadata is made. */
    PREPARING,
    /** All is made; signatures of metadata are awaited. */
    SIGNING,
    /** All is signed; clients are about to see it. */
    SWITCHING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
