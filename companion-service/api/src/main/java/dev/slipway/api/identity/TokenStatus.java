package dev.slipway.api.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the calling token is: whose, and what it may do until when. */
public record TokenStatus(
        long userId,
        String username,
        String name,
        List<String> scopes,
        @Nullable Instant expiresAt) {}
