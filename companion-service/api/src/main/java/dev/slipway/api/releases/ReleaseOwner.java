package dev.slipway.api.releases;

import org.jspecify.annotations.Nullable;

/** Who asked for a release. */
public record ReleaseOwner(
        long id, String username, @Nullable String email) {}
