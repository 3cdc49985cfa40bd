package dev.slipway.server.repositories;

import java.util.Locale;

/** The kind of package a repository holds. */
public enum RepositoryType {
    RPM,
    DEB;

    /** The word in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of a word that the database holds. */
    public static RepositoryType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
