package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.server.publications.PublicationOptions;
import dev.slipway.server.repositories.RepositoryType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A compose's row, with its owner's name and the size of its content set.
 *
 * @param contentHash over the packages and the options
 * @param signKeyId the key that signs the metadata, if one does
 */
record StoredCompose(
        long id,
        long ownerId,
        String owner,
        Compose.State state,
        @Nullable String stateReason,
        ComposeRequest request,
        RepositoryType type,
        @Nullable Long platformId,
        long contentSetId,
        int packageCount,
        String contentHash,
        PublicationOptions options,
        @Nullable Long signKeyId,
        @Nullable Long publicationId,
        @Nullable Long channelId,
        @Nullable Long reusedId,
        @Nullable Long regeneratesId,
        long lifetimeSeconds,
        int attempts,
        Instant timeSubmitted,
        @Nullable Instant timeStarted,
        @Nullable Instant timeDone,
        Instant timeToExpire,
        @Nullable Instant timeRemoved,
        @Nullable String removedBy,
        int revision) {}
