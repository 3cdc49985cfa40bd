package dev.slipway.server.repositories;

import java.util.Locale;

/** Whose a repository is. */
public enum RepositoryKind {
    /** Somebody else's, known by its address. */
    REMOTE,
    /** Made by hand, changed through the API. */
    HOSTED,
    /** Holds what one build made. */
    BUILD,
    /** Belongs to a distribution, changed by adding builds and by releases. */
    DISTRIBUTION;

    /** The word in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word that the database holds. */
    public static RepositoryKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
