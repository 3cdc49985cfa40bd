package dev.slipway.client.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * A short-lived token that the companion issued.
 *
 * @param value what goes into the request; a secret
 * @param issued when it was asked for
 * @param expires when the companion stops taking it
 * @param scopes what it may be used for, as far as the companion said so
 */
public record AccessToken(String value, Instant issued, Instant expires, Set<String> scopes) {
    private static final Duration OLDEST = Duration.ofMinutes(30);
    private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    public AccessToken {
        scopes = Set.copyOf(scopes);
    }

    /**
     * When a new one should be fetched, though this one still works: after half an hour or five minutes before its
     * end, but not within its first minute, so that a companion that issues very short tokens is not asked for one
     * with every request.
     */
    Instant stale() {
        Instant stale = earlier(issued.plus(OLDEST), expires.minus(BEFORE_EXPIRY));
        Instant grown = issued.plus(YOUNGEST);
        return earlier(stale.isBefore(grown) ? grown : stale, expires);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    @Override
    public String toString() {
        return "a token that expires at " + expires;
    }
}
