package dev.slipway.server.publications;

import dev.slipway.server.repositories.RepositoryType;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published.
 *
 * @param hash tells it from every other request
 */
record PublicationRequest(
        Content content,
        RepositoryType type,
        String hash,
        PublicationOptions options,
        @Nullable Long signKeyId) {}
