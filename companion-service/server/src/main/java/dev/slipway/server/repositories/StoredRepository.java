package dev.slipway.server.repositories;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A repository's row.
 *
 * @param currentVersion the newest version's number; 0 of a remote one
 */
public record StoredRepository(
        long id,
        String name,
        String arch,
        RepositoryType type,
        boolean debug,
        RepositoryKind kind,
        boolean production,
        @Nullable String url,
        @Nullable Long platformId,
        @Nullable Long distributionId,
        @Nullable Long buildId,
        @Nullable Long signKeyId,
        RepositoryOptions options,
        int currentVersion,
        int revision,
        Instant createdAt) {}
