package dev.slipway.client.auth;

import java.io.IOException;

/** Gives the bearer token of the next request. Implementations are safe for use by several threads. */
public interface TokenSource {
    /**
     * The token to send now.
     *
     * @throws IOException when one has to be fetched first and that fails
     */
    String token() throws IOException;

    /**
     * Says that the companion refused {@code token}; the next {@link #token()} should be another one if that is
     * possible.
     *
     * @return whether trying again makes sense
     */
    boolean refused(String token);

    /** A token that never changes. */
    static TokenSource fixed(String token) {
        return new FixedToken(token);
    }
}
