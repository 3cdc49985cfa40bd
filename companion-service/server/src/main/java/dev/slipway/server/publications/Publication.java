package dev.slipway.server.publications;

import dev.slipway.server.repositories.RepositoryType;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of a fixed set of packages.
 *
 * @param hash SHA-256 (hex) over the packages and the options
 * @param repositoryId with {@code version} the repository's version it shows; null for a content set's
 * @param error why it failed: one line
 * @param packageCount null before it is assembled
 */
public record Publication(
        long id,
        String hash,
        RepositoryType type,
        @Nullable Long repositoryId,
        @Nullable Integer version,
        @Nullable Long contentSetId,
        @Nullable Long signKeyId,
        State state,
        @Nullable String error,
        @Nullable Integer packageCount) {

    /** How far it is. */
    public enum State {
        /** Its files are being made, or will be when somebody asks for it again. */
        PREPARING,
        /** Its files are stored; signatures are awaited. */
        SIGNING,
        /** Whole: it may be shown, and never changes again. */
        READY,
        /** It could not be made; asking for it again tries again. */
        FAILED
    }
}
