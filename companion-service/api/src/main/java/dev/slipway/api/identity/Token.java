package dev.slipway.api.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API token.
 *
 * @param token the secret itself: shown once, in the answer that makes it
 * @param lastUsedAt up to a minute behind
 */
public record Token(
        long id,
        String name,
        String owner,
        List<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String token) {
    @Override
    public String toString() {
        return "Token[" + id + ", " + name + "]";
    }
}
