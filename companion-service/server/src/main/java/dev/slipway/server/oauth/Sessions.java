package dev.slipway.server.oauth;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.Secrets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;

/**
 * Logins of people. A login's tokens live as long as it does; its refresh tokens are good for one use each, and one that
 * comes a second time was stolen from somebody, so that the login ends.
 */
public final class Sessions {
    private static final String REFRESH_PREFIX = "slr_";
    private static final Duration KEPT = Duration.ofDays(1);

    /** A login. */
    public record Login(long id, long userId, String clientId, Set<String> scopes) {}

    private final Clock clock;
    private final Duration life;
    private final Authentication authentication;

    public Sessions(Clock clock, OAuthSettings settings, Authentication authentication) {
        this.clock = clock;
        this.life = settings.session();
        this.authentication = authentication;
    }

    /** Begins a login with a program; no token of it may do more than {@code scopes}. */
    Login begin(StatelessSession session, long userId, String clientId, Collection<String> scopes, Duration atMost) {
        Instant now = clock.instant();
        Duration good = atMost.compareTo(life) < 0 ? atMost : life;
        long id = Sql.number(
                session,
                "insert into login_session (user_id, client_id, scopes, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?) returning id",
                userId,
                clientId,
                scopes,
                now,
                now.plus(good));
        return new Login(id, userId, clientId, Set.copyOf(scopes));
    }

    /** As long as a login may last. */
    Login begin(StatelessSession session, long userId, String clientId, Collection<String> scopes) {
        return begin(session, userId, clientId, scopes, life);
    }

    /** A refresh token for a login. */
    String refreshToken(StatelessSession session, Login login) {
        String token = Secrets.make(REFRESH_PREFIX);
        Sql.update(
                session,
                "insert into refresh_token (token_sha256, session_id, created_at) values (?, ?, ?)",
                Secrets.digest(token),
                login.id(),
                clock.instant());
        return token;
    }

    /**
     * Uses a refresh token up.
     *
     * @return its login; empty when the token is unknown, its login is over, or it was used before: then its login has
     *     just ended, so that the transaction must be committed
     */
    Optional<Login> use(StatelessSession session, String refreshToken, String clientId) {
        byte[] digest = Secrets.digest(refreshToken);
        Optional<Login> login = Sql.one(
                session,
                "select s.id, s.user_id, s.client_id, s.scopes from refresh_token r"
                        + " join login_session s on s.id = r.session_id join app_user u on u.id = s.user_id"
                        + " where r.token_sha256 = ? and s.client_id = ? and s.ended_at is null and s.expires_at > ?"
                        + " and u.active for update of s",
                Sessions::login,
                digest,
                clientId,
                clock.instant());
        if (login.isEmpty()) {
            return login;
        }
        int used = Sql.update(
                session,
                "update refresh_token set used_at = ? where token_sha256 = ? and used_at is null",
                clock.instant(),
                digest);
        if (used == 0) {
            end(session, login.get().id());
            return Optional.empty();
        }
        return login;
    }

    /** The login that a refresh token belongs to, used or not. */
    Optional<Login> of(StatelessSession session, String refreshToken) {
        return Sql.one(
                session,
                "select s.id, s.user_id, s.client_id, s.scopes from refresh_token r"
                        + " join login_session s on s.id = r.session_id where r.token_sha256 = ?",
                Sessions::login,
                (Object) Secrets.digest(refreshToken));
    }

    private static Login login(Row row) throws SQLException {
        return new Login(
                row.number("id"), row.number("user_id"), row.text("client_id"), Set.copyOf(row.texts("scopes")));
    }

    /** Ends a login: none of its tokens is accepted any more. */
    void end(StatelessSession session, long id) {
        Sql.update(
                session,
                "update login_session set ended_at = ? where id = ? and ended_at is null",
                clock.instant(),
                id);
        authentication.forget(session);
    }

    /** Forgets logins that have been over for a day. */
    void prune(StatelessSession session) {
        Instant before = clock.instant().minus(KEPT);
        Sql.update(session, "delete from login_session where expires_at < ? or ended_at < ?", before, before);
    }
}
