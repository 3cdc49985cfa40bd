package dev.slipway.server.oauth;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.identity.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Codes that a program exchanges for tokens after its user logged in: good for one use, and with PKCE alone. */
public final class AuthorizationCodes {
    /** The program that people log in with; it can keep no secret, so it has none. */
    public static final String CLI = "slipway-cli";

    private static final String PREFIX = "sla_";
    private static final Duration LIFE = Duration.ofMinutes(5);

    /**
     * What a code is given for.
     *
     * @param challenge the SHA-256 of the verifier that the program kept to itself, in base64url
     */
    public record Purpose(String clientId, String redirectUri, Collection<String> scopes, String challenge) {}

    /** What a program shows when it uses a code. */
    record Shown(String code, String clientId, String redirectUri, String verifier) {}

    private record Stored(
            long userId,
            String clientId,
            String redirectUri,
            Set<String> scopes,
            String challenge,
            Instant createdAt,
            @Nullable Instant usedAt,
            @Nullable Long sessionId) {

        boolean isFor(Shown shown) {
            return clientId.equals(shown.clientId())
                    && redirectUri.equals(shown.redirectUri())
                    && MessageDigest.isEqual(
                            challenge.getBytes(StandardCharsets.UTF_8),
                            Pkce.challengeOf(shown.verifier()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Clock clock;
    private final Sessions sessions;

    public AuthorizationCodes(Clock clock, Sessions sessions) {
        this.clock = clock;
        this.sessions = sessions;
    }

    /** A code for a user who just logged in. */
    public String issue(StatelessSession session, long userId, Purpose purpose) {
        String code = Secrets.make(PREFIX);
        Sql.update(
                session,
                "insert into authorization_code"
                        + " (code_sha256, user_id, client_id, redirect_uri, scopes, code_challenge, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                Secrets.digest(code),
                userId,
                purpose.clientId(),
                purpose.redirectUri(),
                purpose.scopes(),
                purpose.challenge(),
                clock.instant());
        return code;
    }

    /**
     * Uses a code up and begins the login it is for.
     *
     * @return empty when it is not good, or was used before: then what came of it has just ended, so that the transaction
     *     must be committed
     */
    Optional<Sessions.Login> redeem(StatelessSession session, Shown shown) {
        byte[] digest = Secrets.digest(shown.code());
        Optional<Stored> found = Sql.one(
                session,
                "select c.user_id, c.client_id, c.redirect_uri, c.scopes, c.code_challenge, c.created_at, c.used_at,"
                        + " c.session_id from authorization_code c join app_user u on u.id = c.user_id"
                        + " where c.code_sha256 = ? and u.active for update of c",
                AuthorizationCodes::stored,
                (Object) digest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Stored code = found.get();
        if (code.usedAt() != null) {
            if (code.sessionId() != null) {
                sessions.end(session, code.sessionId());
            }
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Sessions.Login> login =
                code.isFor(shown) && code.createdAt().plus(LIFE).isAfter(now)
                        ? Optional.of(sessions.begin(session, code.userId(), code.clientId(), code.scopes()))
                        : Optional.empty();
        Sql.update(
                session,
                "update authorization_code set used_at = ?, session_id = ? where code_sha256 = ?",
                now,
                login.map(Sessions.Login::id).orElse(null),
                digest);
        return login;
    }

    private static Stored stored(Row row) throws SQLException {
        return new Stored(
                row.number("user_id"),
                row.text("client_id"),
                row.text("redirect_uri"),
                Set.copyOf(row.texts("scopes")),
                row.text("code_challenge"),
                row.instant("created_at"),
                row.instantOrNull("used_at"),
                row.numberOrNull("session_id"));
    }

    /** Forgets codes that nobody can use any more, but for as long as a second use could tell of a theft. */
    void prune(StatelessSession session) {
        Sql.update(
                session,
                "delete from authorization_code where created_at < ?",
                clock.instant().minus(Duration.ofDays(1)));
    }
}
