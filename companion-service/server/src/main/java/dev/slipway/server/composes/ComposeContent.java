package dev.slipway.server.composes;

import dev.slipway.server.repositories.RepositoryType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to.
 *
 * @param packageIds ascending
 * @param setHash tells this set of packages from every other one
 * @param metadataKeyId the key that signs the metadata: the first one asked for, unless packages may come unsigned
 * @param arches the architectures to make indexes for, ascending; without {@code noarch}, {@code all} and sources
 */
record ComposeContent(
        RepositoryType type,
        @Nullable Long platformId,
        List<Long> packageIds,
        String setHash,
        List<String> arches,
        @Nullable Long metadataKeyId) {}
