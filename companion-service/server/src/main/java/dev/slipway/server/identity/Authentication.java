package dev.slipway.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls from the Authorization header. What the database says of a token is remembered for a few seconds; a
 * revocation makes this companion forget it before the revocation is answered, and every other one as soon as it hears of
 * it.
 */
public final class Authentication {
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +([A-Za-z0-9._~+/-]+=*) *");
    private static final String REALM = "Bearer realm=\"slipway\"";
    private static final String TOPIC = "token";
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    private record Known(
            long userId,
            String username,
            long tokenId,
            String name,
            Set<String> scopes,
            @Nullable Instant expiresAt) {

        boolean isExpiredAt(Instant time) {
            return expiresAt != null && !expiresAt.isAfter(time);
        }
    }

    private final Clock clock;
    private final Transactions transactions;
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final Map<Long, Instant> used = new ConcurrentHashMap<>();

    public Authentication(Clock clock, Transactions transactions, Notifications notifications) {
        this.clock = clock;
        this.transactions = transactions;
        notifications.subscribe(TOPIC, digest -> {
            if (digest.equals(Notifications.ANYTHING)) {
                known.invalidateAll();
            } else {
                known.invalidate(digest);
            }
        });
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
        Instant now = clock.instant();
        Known token = find(bearer.group(1));
        if (token == null || token.isExpiredAt(now)) {
            throw invalidToken("the token is unknown, expired or revoked");
        }
        used.put(token.tokenId(), now);
        return new Caller(
                token.userId(),
                token.username(),
                token.tokenId(),
                token.name(),
                token.scopes(),
                remoteAddress,
                traceId);
    }

    private @Nullable Known find(String token) {
        if (!token.startsWith(Secrets.PREFIX)) {
            return null;
        }
        byte[] digest = Secrets.digest(token);
        return known.get(HexFormat.of().formatHex(digest), key -> load(digest));
    }

    private @Nullable Known load(byte[] digest) {
        return transactions
                .read(session -> Sql.one(
                        session,
                        "select u.id as user_id, u.username, t.id as token_id, t.name, t.scopes, t.expires_at"
                                + " from api_token t join app_user u on u.id = t.user_id"
                                + " where t.token_sha256 = ? and t.revoked_at is null and u.active",
                        Authentication::known,
                        (Object) digest))
                .orElse(null);
    }

    private static Known known(Row row) throws SQLException {
        return new Known(
                row.number("user_id"),
                row.text("username"),
                row.number("token_id"),
                row.text("name"),
                Set.copyOf(row.texts("scopes")),
                row.instantOrNull("expires_at"));
    }

    /** Forgets a token here and everywhere once the session's transaction commits. */
    void forget(StatelessSession session, byte[] digest) {
        String key = HexFormat.of().formatHex(digest);
        Notifications.send(session, TOPIC, key);
        transactions.afterCommit(() -> known.invalidate(key));
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

    private static ProblemException invalidToken(String detail) {
        return ProblemException.of("invalid-token", 401, "No valid token", detail)
                .header("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
    }
}
