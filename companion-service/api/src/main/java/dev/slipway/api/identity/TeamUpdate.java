package dev.slipway.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * Changes a team; what is absent stays.
 *
 * @param revision the one that the caller has seen; refused when it is no longer the current one
 */
public record TeamUpdate(
        @Nullable String name,
        @Nullable String description,
        @Nullable Integer revision) {}
