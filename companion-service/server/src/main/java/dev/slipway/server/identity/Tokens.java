package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.api.identity.TokenStatus;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes API tokens. */
public final class Tokens {
    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");
    private static final int LONGEST_NAME = 200;
    private static final String SELECT =
            "select t.id, t.name, u.username, t.scopes, t.created_at, t.expires_at, t.last_used_at"
                    + " from api_token t join app_user u on u.id = t.user_id";

    private final Clock clock;
    private final Users users;
    private final Audit audit;
    private final Authentication authentication;

    public Tokens(Clock clock, Users users, Audit audit, Authentication authentication) {
        this.clock = clock;
        this.users = users;
        this.audit = audit;
        this.authentication = authentication;
    }

    /** Makes a token for the caller or, when that may manage users, for another; the answer alone holds its text. */
    public Token create(StatelessSession session, Caller caller, TokenRequest request) {
        Collection<String> scopes = scopes(caller, request);
        long ownerId = caller.userId();
        String owner = caller.username();
        if (request.owner() != null && !request.owner().equals(caller.username())) {
            if (!caller.may(Scopes.USERS_MANAGE)) {
                throw ProblemException.forbidden(
                        "making a token for another user needs the scope " + Scopes.USERS_MANAGE);
            }
            owner = request.owner();
            ownerId = users.idOfOrNewService(session, owner);
        }
        Instant expiresAt =
                request.expiresInSeconds() == null ? null : clock.instant().plusSeconds(request.expiresInSeconds());
        Token token = insert(session, ownerId, owner, request.name(), scopes, expiresAt);
        audit.record(session, caller, "create", "token", token.id(), null, withoutSecret(token));
        return token;
    }

    private static Collection<String> scopes(Caller caller, TokenRequest request) {
        Long seconds = request.expiresInSeconds();
        Violations violations = new Violations()
                .check(
                        !request.name().isBlank() && request.name().length() <= LONGEST_NAME,
                        "/name",
                        "must have 1 to 200 characters")
                .check(
                        seconds == null || (seconds > 0 && seconds <= LONGEST_LIFE.toSeconds()),
                        "/expires_in_seconds",
                        "must be between 1 and " + LONGEST_LIFE.toSeconds())
                .check(
                        request.owner() == null
                                || OWNER.matcher(request.owner()).matches(),
                        "/owner",
                        "must be letters, digits and ._@-");
        return AskedScopes.of(request.scopes(), request.role(), caller, violations);
    }

    Token insert(
            StatelessSession session,
            long ownerId,
            String owner,
            String name,
            Collection<String> scopes,
            @Nullable Instant expiresAt) {
        String secret = Secrets.make(Secrets.PREFIX);
        ApiToken row =
                new ApiToken(ownerId, name, Secrets.digest(secret), scopes.toArray(String[]::new), clock.instant());
        row.expiresAt = expiresAt;
        session.insert(row);
        return new Token(
                Objects.requireNonNull(row.id),
                name,
                owner,
                List.copyOf(scopes),
                row.createdAt,
                expiresAt,
                null,
                secret);
    }

    /** Live tokens, newest first: the caller's own, or those of everyone. */
    public List<Token> list(StatelessSession session, @Nullable Long ofUser, long before, long offset, int limit) {
        return Sql.list(
                session,
                SELECT + " where t.revoked_at is null and (? or t.user_id = ?) and t.id < ?"
                        + " order by t.id desc offset ? limit ?",
                Tokens::token,
                ofUser == null,
                ofUser == null ? 0L : ofUser,
                before,
                offset,
                limit);
    }

    public long count(StatelessSession session, @Nullable Long ofUser) {
        return Sql.number(
                session,
                "select count(*) from api_token where revoked_at is null and (? or user_id = ?)",
                ofUser == null,
                ofUser == null ? 0L : ofUser);
    }

    /** Refuses a token from now on. */
    public void revoke(StatelessSession session, Caller caller, long id) {
        Token token = Sql.one(
                        session,
                        SELECT + " where t.id = ? and t.revoked_at is null and (? or t.user_id = ?) for update of t",
                        Tokens::token,
                        id,
                        caller.may(Scopes.USERS_MANAGE),
                        caller.userId())
                .orElseThrow(() -> ProblemException.notFound("token", id));
        Sql.update(session, "update api_token set revoked_at = ? where id = ?", clock.instant(), id);
        authentication.forget(session);
        audit.record(session, caller, "revoke", "token", id, token, null);
    }

    /** What the caller's own token is, with the scopes that its user's grants leave it. */
    static TokenStatus status(Caller caller) {
        return new TokenStatus(
                caller.userId(),
                caller.username(),
                caller.tokenName(),
                caller.scopes().stream().filter(caller::may).sorted().toList(),
                caller.expiresAt());
    }

    /** As the token is shown after its first answer. */
    public static Token withoutSecret(Token token) {
        return new Token(
                token.id(),
                token.name(),
                token.owner(),
                token.scopes(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                null);
    }

    private static Token token(Row row) throws SQLException {
        return new Token(
                row.number("id"),
                row.text("name"),
                row.text("username"),
                row.texts("scopes"),
                row.instant("created_at"),
                row.instantOrNull("expires_at"),
                row.instantOrNull("last_used_at"),
                null);
    }
}
