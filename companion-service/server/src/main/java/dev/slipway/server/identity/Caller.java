package dev.slipway.server.identity;

import java.util.Set;

/**
 * Who sent the request that is being served. Resource methods take it as a {@code @Context} parameter.
 *
 * @param tokenId the token that was shown
 * @param scopes what the token may do
 * @param remoteAddress the caller's end of the connection
 * @param traceId the request's
 */
public record Caller(
        long userId,
        String username,
        long tokenId,
        String tokenName,
        Set<String> scopes,
        String remoteAddress,
        String traceId) {

    /** Whether the caller may do what {@code scope} names. */
    public boolean may(String scope) {
        return scopes.contains(scope);
    }
}
