package dev.slipway.server.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request that is being served. Resource methods take it as a {@code @Context} parameter.
 *
 * @param tokenId the API token that was shown; absent for a token of another kind
 * @param scopes what the token may do
 * @param expiresAt when the token ends
 * @param remoteAddress the caller's end of the connection
 * @param traceId the request's
 */
public record Caller(
        long userId,
        String username,
        @Nullable Long tokenId,
        String tokenName,
        Set<String> scopes,
        @Nullable Instant expiresAt,
        String remoteAddress,
        String traceId) {

    /** Whether the caller may do what {@code scope} names. */
    public boolean may(String scope) {
        return scopes.contains(scope);
    }
}
