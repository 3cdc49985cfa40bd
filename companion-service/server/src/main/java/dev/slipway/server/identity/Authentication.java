package dev.slipway.server.identity;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out who calls from the Authorization header. A revoked or expired token is refused at once. */
public final class Authentication {
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([A-Za-z0-9._~+/-]+=*) *");
    private static final String REALM = "Bearer realm=\"slipway\"";

    private final Clock clock;
    private final Transactions transactions;
    private final Map<Long, Instant> used = new ConcurrentHashMap<>();

    public Authentication(Clock clock, Transactions transactions) {
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * The caller that the header proves.
     *
     * @throws ProblemException 401 when it proves nobody
     */
    public Caller authenticate(@Nullable String authorization, String remoteAddress, String traceId) {
        if (authorization == null) {
            throw invalidToken("this needs a token: send 'Authorization: Bearer <token>'");
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw invalidToken("the Authorization header is not of the form 'Bearer <token>'");
        }
        String token = bearer.group(1);
        if (!token.startsWith(Secrets.PREFIX)) {
            throw unknown();
        }
        Instant now = clock.instant();
        Caller caller = find(Secrets.digest(token), now, remoteAddress, traceId).orElseThrow(Authentication::unknown);
        used.put(caller.tokenId(), now);
        return caller;
    }

    private Optional<Caller> find(byte[] digest, Instant now, String remoteAddress, String traceId) {
        return transactions.read(session -> Sql.one(
                session,
                "select u.id as user_id, u.username, t.id as token_id, t.name, t.scopes from api_token t"
                        + " join app_user u on u.id = t.user_id"
                        + " where t.token_sha256 = ? and t.revoked_at is null and u.active"
                        + " and (t.expires_at is null or t.expires_at > ?)",
                row -> new Caller(
                        row.number("user_id"),
                        row.text("username"),
                        row.number("token_id"),
                        row.text("name"),
                        Set.copyOf(row.texts("scopes")),
                        remoteAddress,
                        traceId),
                digest,
                now));
    }

    /** Checks that the caller may do what {@code scope} names. */
    void require(Caller caller, String scope) {
        if (!caller.may(scope)) {
            throw ProblemException.of(
                            "insufficient-scope",
                            403,
                            "The token may not do this",
                            "this needs a token with the scope " + scope)
                    .with("scope", scope)
                    .header("WWW-Authenticate", REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        }
    }

    /** Writes down when tokens were last used, all at once instead of at every request. */
    public void flushLastUse() {
        Map<Long, Instant> seen = Map.copyOf(used);
        if (seen.isEmpty()) {
            return;
        }
        transactions.run(session -> Sql.batch(
                session,
                "update api_token set last_used_at = greatest(last_used_at, ?) where id = ?",
                seen.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> new @Nullable Object[] {e.getValue(), e.getKey()})
                        .toList()));
        seen.forEach(used::remove);
    }

    private static ProblemException unknown() {
        return invalidToken("the token is unknown, expired or revoked");
    }

    private static ProblemException invalidToken(String detail) {
        return ProblemException.of("invalid-token", 401, "No valid token", detail)
                .header("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
    }
}
