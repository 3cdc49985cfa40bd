package dev.slipway.client.connection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a try to reach a companion found. It holds nothing that the other side could choose freely, so that asking
 * for it cannot be used to read from servers that only the caller reaches.
 *
 * @param status the HTTP status that made the outcome, or 0
 * @param version the companion's version
 * @param user who the token belongs to
 * @param scopes what the token may be used for, sorted
 * @param expires when the token ends
 */
public record ConnectionReport(
        Outcome outcome,
        int status,
        @Nullable String version,
        @Nullable String user,
        List<String> scopes,
        @Nullable Instant expires) {
    /** How it ended. */
    public enum Outcome {
        /** The companion answers and takes the token. */
        CONNECTED,
        /** The companion answers; there was no token to try. */
        ANONYMOUS,
        /** Nobody answers at that address. */
        UNREACHABLE,
        /** Its certificate is not to be trusted. */
        CERTIFICATE,
        /** It sends its callers elsewhere. */
        REDIRECT,
        /** Somebody answers who is no companion. */
        NO_COMPANION,
        /** The companion does not take the token, or gives none. */
        REFUSED
    }

    static ConnectionReport of(Outcome outcome, int status) {
        return new ConnectionReport(outcome, status, null, null, List.of(), null);
    }

    static ConnectionReport of(Outcome outcome, int status, String version) {
        return new ConnectionReport(outcome, status, version, null, List.of(), null);
    }
}
