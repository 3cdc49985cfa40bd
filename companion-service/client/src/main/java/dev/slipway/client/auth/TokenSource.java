package dev.slipway.client.auth;

import java.io.IOException;
import java.nio.file.Path;

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

    /**
     * The token in a file, which may hold another one later: it is read again when the companion refuses it.
     *
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when what is in it is no token
     */
    static TokenSource file(Path file) throws IOException {
        return new FileToken(file);
    }
}
