package dev.slipway.server.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls from the Authorization header. What a token proves is remembered for a few seconds; a revocation
 * makes this companion forget everything before the revocation is answered, and every other one as soon as it hears of it.
 */
public final class Authentication {
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*) *");
    private static final String REALM = "Bearer realm=\"slipway\"";
    /** Wakes who must know that tokens were revoked; what they prove is found anew by then. */
    public static final String TOPIC = "token";

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST_REMEMBERED = 10_000;

    /** @param epoch how often everything had been forgotten when the answer was looked for */
    private record Remembered(Proof proof, long epoch) {}

    private final Clock clock;
    private final Transactions transactions;
    private final List<TokenKind> kinds;
    private final GrantedRights rights;
    private final AtomicLong epoch = new AtomicLong();
    private final AsyncCache<String, Remembered> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .buildAsync();
    private final Map<Long, Instant> used = new ConcurrentHashMap<>();

    /** @param kinds what tokens there are; the first that knows a token answers for it */
    public Authentication(
            Clock clock,
            Transactions transactions,
            Notifications notifications,
            List<TokenKind> kinds,
            GrantedRights rights) {
        this.clock = clock;
        this.transactions = transactions;
        this.kinds = List.copyOf(kinds);
        this.rights = rights;
        notifications.subscribe(TOPIC, key -> epoch.incrementAndGet());
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
        Proof proof =
                proof(bearer.group(1)).orElseThrow(() -> invalidToken("the token is unknown, expired or revoked"));
        if (proof.tokenId() != null) {
            used.put(proof.tokenId(), clock.instant());
        }
        return new Caller(
                proof.userId(),
                proof.username(),
                proof.tokenId(),
                proof.name(),
                proof.scopes(),
                rights.of(proof.userId()),
                proof.expiresAt(),
                remoteAddress,
                traceId);
    }

    /** What a token proves at this moment. */
    public Optional<Proof> proof(String token) {
        String key = HexFormat.of().formatHex(Secrets.digest(token));
        long now = epoch.get();
        Remembered found = look(key, token);
        if (found != null && found.epoch() < now) {
            remembered.synchronous().asMap().remove(key, found);
            found = look(key, token);
        }
        return Optional.ofNullable(found).map(Remembered::proof).filter(proof -> !proof.isExpiredAt(clock.instant()));
    }

    /** Looks once for however many callers ask at once, and without a lock: some kinds ask other servers. */
    private @Nullable Remembered look(String key, String token) {
        CompletableFuture<@Nullable Remembered> mine = new CompletableFuture<>();
        CompletableFuture<Remembered> others = remembered.asMap().putIfAbsent(key, mine);
        if (others != null) {
            return others.join();
        }
        try {
            long before = epoch.get();
            mine.complete(
                    prove(token).map(proof -> new Remembered(proof, before)).orElse(null));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }

    private Optional<Proof> prove(String token) {
        return kinds.stream().flatMap(kind -> kind.prove(token).stream()).findFirst();
    }

    /** Forgets what tokens prove, here and everywhere, once the session's transaction commits. */
    public void forget(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
        transactions.afterCommit(epoch::incrementAndGet);
    }

    /**
     * Why the header that proved {@code former} proves nobody any longer who may do what {@code scope} names: a 401 or 403;
     * empty while it still does.
     *
     * @throws RuntimeException when that cannot be found out at the moment
     */
    Optional<ProblemException> refusal(@Nullable String authorization, Caller former, String scope) {
        try {
            require(authenticate(authorization, former.remoteAddress(), former.traceId()), scope);
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.status() == 401 || e.status() == 403) {
                return Optional.of(e);
            }
            throw e;
        }
    }

    /** Checks that the caller may do what {@code scope} names. */
    void require(Caller caller, String scope) {
        if (!caller.may(scope)) {
            String detail = caller.scopes().contains(scope)
                    ? "the scope " + scope + " is in no role that " + caller.username() + " was granted"
                    : "this needs a token with the scope " + scope;
            throw ProblemException.of("insufficient-scope", 403, "The token may not do this", detail)
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

    static ProblemException invalidToken(String detail) {
        return ProblemException.of("invalid-token", 401, "No valid token", detail)
                .header("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
    }
}
