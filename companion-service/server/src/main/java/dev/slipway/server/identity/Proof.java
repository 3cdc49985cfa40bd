package dev.slipway.server.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bearer token proves.
 *
 * @param tokenId the API token's; absent for tokens that have no row of their own
 * @param name what the token is for, for people
 * @param scopes what its holder may do with it
 * @param expiresAt from when on it proves nothing
 */
public record Proof(
        long userId,
        String username,
        @Nullable Long tokenId,
        String name,
        Set<String> scopes,
        @Nullable Instant expiresAt) {

    public Proof {
        scopes = Set.copyOf(scopes);
    }

    boolean isExpiredAt(Instant time) {
        return expiresAt != null && !expiresAt.isAfter(time);
    }
}
