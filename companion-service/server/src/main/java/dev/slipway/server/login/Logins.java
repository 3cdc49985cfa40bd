package dev.slipway.server.login;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Secrets;
import dev.slipway.server.identity.Visitor;
import dev.slipway.server.oauth.AuthorizationCodes;
import dev.slipway.server.oauth.LoginTokens;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins by a browser: to the provider and back. Each is held to the browser that began it by a cookie, so that nobody can
 * make another's browser end a login of their own.
 */
final class Logins {
    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** @param cookie what the browser has to show when it comes back */
    record Departure(URI to, String cookie) {}

    /** How a login ended: with a browser that goes on to a program, or with a token for whoever came by themselves. */
    sealed interface Arrival {
        record AtProgram(URI redirect) implements Arrival {}

        record AtPerson(LinkedAccounts.Account account, String token) implements Arrival {}
    }

    @SuppressWarnings("ArrayRecordComponent") // digests, which nothing compares but Secrets
    private record Attempt(
            String nonce, String verifier, byte[] browser, byte @Nullable [] request, Instant createdAt) {}

    private final Clock clock;
    private final Transactions transactions;
    private final List<LoginProvider> providers;
    private final LinkedAccounts accounts;
    private final LoginLog log;
    private final AuthorizationRequests requests;
    private final AuthorizationCodes codes;
    private final LoginTokens tokens;
    private final Supplier<URI> publicUrl;

    Logins(
            Clock clock,
            Transactions transactions,
            List<LoginProvider> providers,
            LinkedAccounts accounts,
            LoginLog log,
            AuthorizationRequests requests,
            AuthorizationCodes codes,
            LoginTokens tokens,
            Supplier<URI> publicUrl) {
        this.clock = clock;
        this.transactions = transactions;
        this.providers = List.copyOf(providers);
        this.accounts = accounts;
        this.log = log;
        this.requests = requests;
        this.codes = codes;
        this.tokens = tokens;
        this.publicUrl = publicUrl;
    }

    List<LoginProvider> providers() {
        return providers;
    }

    private LoginProvider provider(String path) {
        return providers.stream()
                .filter(provider -> provider.path().equals(path))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        "not-found", 404, "Not found", "this companion has no login by that provider"));
    }

    /**
     * Sends a browser to a provider.
     *
     * @param path the provider's
     * @param handle of the authorization request that the login is for, when it is for one
     * @param cookie what the browser brought
     */
    Departure depart(String path, @Nullable String handle, @Nullable String cookie) {
        LoginProvider provider = provider(path);
        byte[] request = handle == null ? null : Secrets.digest(handle);
        boolean known = request == null
                || transactions
                        .read(session -> requests.find(session, request))
                        .filter(pending -> pending.isOf(cookie))
                        .isPresent();
        if (!known) {
            throw tooLate();
        }
        String browser = cookie == null || !cookie.matches("[A-Za-z0-9_-]{40,60}") ? Secrets.make("") : cookie;
        String state = Secrets.make("");
        LoginProvider.Attempt attempt =
                new LoginProvider.Attempt(state, Secrets.make(""), Secrets.make(""), callback(provider));
        URI to;
        try {
            to = provider.authorization(attempt);
        } catch (IOException e) {
            throw away(provider, e);
        }
        transactions.run(session -> Sql.update(
                session,
                "insert into login_attempt"
                        + " (state_sha256, provider, nonce, code_verifier, browser_sha256, request_sha256, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                Secrets.digest(state),
                provider.name(),
                attempt.nonce(),
                attempt.verifier(),
                Secrets.digest(browser),
                request,
                clock.instant()));
        return new Departure(to, browser);
    }

    private URI callback(LoginProvider provider) {
        return URI.create(publicUrl.get() + "/login/" + provider.path() + "/callback");
    }

    /** Takes a browser back from a provider. */
    Arrival arrive(
            String path,
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String cookie,
            Visitor visitor) {
        LoginProvider provider = provider(path);
        Attempt attempt = Optional.ofNullable(state)
                .flatMap(s -> transactions.call(session -> take(session, provider, s)))
                .filter(a -> cookie != null && Secrets.matches(a.browser(), cookie))
                .filter(a -> a.createdAt().plus(PATIENCE).isAfter(clock.instant()))
                .orElseThrow(Logins::tooLate);
        if (code == null) {
            return refused(
                    visitor,
                    provider,
                    attempt,
                    provider.label() + " did not let you log in"
                            + (error != null && error.matches("[a-z_]{1,40}") ? ": " + error : ""),
                    true);
        }
        Identity identity;
        try {
            identity = provider.identify(
                    code,
                    new LoginProvider.Attempt(
                            String.valueOf(state), attempt.nonce(), attempt.verifier(), callback(provider)));
        } catch (LoginRefusedException e) {
            return refused(visitor, provider, attempt, String.valueOf(e.getMessage()), e.isKnown());
        } catch (IOException e) {
            throw away(provider, e);
        }
        return log.watched(visitor, identity, () -> arrived(attempt, identity, visitor));
    }

    private Arrival arrived(Attempt attempt, Identity identity, Visitor visitor) {
        byte[] request = attempt.request();
        if (request == null) {
            LinkedAccounts.Account account = transactions.call(session -> {
                LinkedAccounts.Account found = accounts.ofPerson(session, identity);
                log.letIn(session, visitor, found, identity, LoginLog.Means.TOKEN);
                return found;
            });
            return new Arrival.AtPerson(account, tokens.login(account.id()));
        }
        return transactions.call(session -> {
            AuthorizationRequests.Pending pending =
                    requests.take(session, request).orElseThrow(Logins::tooLate);
            LinkedAccounts.Account account = accounts.ofPerson(session, identity);
            log.letIn(session, visitor, account, identity, LoginLog.Means.PROGRAM);
            String code = codes.issue(session, account.id(), pending.purpose());
            return new Arrival.AtProgram(pending.answered("code", code, publicUrl.get()));
        });
    }

    /** The program that waits hears of it; a person who came by themselves reads it. */
    private Arrival refused(Visitor visitor, LoginProvider provider, Attempt attempt, String why, boolean known) {
        log.refused(visitor, provider.name(), null, why);
        byte[] request = attempt.request();
        Optional<AuthorizationRequests.Pending> pending =
                request == null ? Optional.empty() : transactions.call(session -> requests.take(session, request));
        if (pending.isPresent()) {
            return new Arrival.AtProgram(pending.get().answered("error", "access_denied", publicUrl.get()));
        }
        throw refusal(why, known);
    }

    static ProblemException refusal(String why, boolean known) {
        return known
                ? ProblemException.forbidden(why)
                : ProblemException.of("login-failed", 401, "The login failed", why)
                        .header("WWW-Authenticate", "Bearer realm=\"slipway\"");
    }

    static ProblemException away(LoginProvider provider, IOException e) {
        LOG.warn("{} cannot be asked", provider.label(), e);
        return ProblemException.unavailable(
                provider.label() + " cannot be asked at the moment; try again", Duration.ofSeconds(10));
    }

    private static ProblemException tooLate() {
        return ProblemException.of(
                "login-expired",
                400,
                "The login is over",
                "this login was begun by another browser, was ended already, or took longer than "
                        + PATIENCE.toMinutes() + " minutes; begin again");
    }

    private static Optional<Attempt> take(StatelessSession session, LoginProvider provider, String state) {
        return Sql.one(
                session,
                "delete from login_attempt where state_sha256 = ? and provider = ?"
                        + " returning nonce, code_verifier, browser_sha256, request_sha256, created_at",
                Logins::attempt,
                Secrets.digest(state),
                provider.name());
    }

    private static Attempt attempt(Row row) throws SQLException {
        return new Attempt(
                row.text("nonce"),
                row.text("code_verifier"),
                row.bytes("browser_sha256"),
                row.bytesOrNull("request_sha256"),
                row.instant("created_at"));
    }

    /** Forgets logins that were never ended. */
    void prune(StatelessSession session) {
        Instant before = clock.instant().minus(PATIENCE);
        Sql.update(session, "delete from login_attempt where created_at < ?", before);
        Sql.update(session, "delete from authorization_request where created_at < ?", before);
    }
}
