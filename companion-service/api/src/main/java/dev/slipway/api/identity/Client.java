package dev.slipway.api.identity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that gets access tokens for itself with an id and a secret.
 *
 * @param clientId what it shows at the token endpoint
 * @param name the service account that it acts as
 * @param scopes the most that its tokens may do
 * @param secretAt when it got its present secret
 * @param lastUsedAt when it last got a token
 * @param clientSecret the secret itself: shown once, in the answer that makes it
 */
public record Client(
        long id,
        String clientId,
        String name,
        List<String> scopes,
        Instant createdAt,
        Instant secretAt,
        @Nullable Instant lastUsedAt,
        @Nullable String clientSecret) {
    @Override
    public String toString() {
        return "Client[" + id + ", " + clientId + "]";
    }
}
