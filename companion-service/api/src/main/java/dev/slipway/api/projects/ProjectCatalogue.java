package dev.slipway.api.projects;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue of source repositories.
 *
 * @param source the folder or address it is kept from; empty when it has none
 * @param projects how many it holds
 * @param failing how many of them could not be read the last time
 * @param readAt when its list was last read; absent before the first time
 * @param error why its list could not be read since
 */
public record ProjectCatalogue(
        String name,
        String source,
        long projects,
        long failing,
        @Nullable Instant readAt,
        @Nullable String error) {}
