package dev.slipway.server.channels;

import dev.slipway.server.repositories.RepositoryType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A served name.
 *
 * @param path below {@code /repos/}
 * @param repositoryId the repository whose versions it shows; null for a compose's
 * @param publicationId what it shows; null before anything was ready
 * @param switchedAt since when
 */
public record Channel(
        long id,
        String path,
        RepositoryType type,
        @Nullable Long repositoryId,
        @Nullable Long publicationId,
        @Nullable Instant switchedAt) {}
