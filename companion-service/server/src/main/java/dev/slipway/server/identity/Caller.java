package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.idempotency.Requester;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request that is being served. Resource methods take it as a {@code @Context} parameter.
 *
 * @param tokenId the API token that was shown; absent for a token of another kind
 * @param scopes what the token may do at most
 * @param rights what its user was granted
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
        Rights rights,
        @Nullable Instant expiresAt,
        String remoteAddress,
        String traceId)
        implements Requester {

    /**
     * Whether the caller may do what {@code scope} names: its token may, and its user was granted it. For a scope that
     * acts on a distribution it says that there is one; {@link #mayOn} says which.
     */
    public boolean may(String scope) {
        return scopes.contains(scope) && rights.allow(scope);
    }

    /** Whether the caller may see what is private of a user: their own self, and those who manage users. */
    public boolean seesPrivateDataOf(long otherUserId) {
        return otherUserId == userId || may(Scopes.USERS_MANAGE);
    }

    /** Whether the caller may do what {@code scope} names to every distribution. */
    public boolean mayEverywhere(String scope) {
        return scopes.contains(scope) && rights.allowEverywhere(scope);
    }

    /** Whether the caller may do what {@code scope} names to that distribution. */
    public boolean mayOn(long distributionId, String scope) {
        return scopes.contains(scope) && rights.allowOn(distributionId, scope);
    }

    /**
     * Refuses a caller that may not do what {@code scope} names to a distribution.
     *
     * @throws ProblemException 403 that names the distribution
     */
    public void requireOn(long distributionId, String distribution, String scope) {
        if (!mayOn(distributionId, scope)) {
            throw ProblemException.forbidden(username + " may not do this to distribution " + distribution
                    + ": it needs a grant of a role with " + scope + " on it, or everywhere");
        }
    }
}
