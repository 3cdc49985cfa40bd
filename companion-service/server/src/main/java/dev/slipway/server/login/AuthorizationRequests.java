package dev.slipway.server.login;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Secrets;
import dev.slipway.server.oauth.AuthorizationCodes;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What programs ask the authorization endpoint for, from the first page until the code is handed out. */
final class AuthorizationRequests {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(?:127\\.0\\.0\\.1|\\[::1]):[0-9]{1,5}/[A-Za-z0-9/_-]{0,100}");
    private static final int LONGEST_STATE = 500;

    /** What a program asked for. */
    record Wanted(
            String clientId, String redirectUri, @Nullable String state, Set<String> scopes, String challenge) {
        /** Where the program gets its answer. */
        URI answered(String name, String value, URI issuer) {
            UriBuilder builder =
                    UriBuilder.fromUri(redirectUri).queryParam(name, "{value}").queryParam("iss", "{issuer}");
            return state == null
                    ? builder.build(value, issuer.toString())
                    : builder.queryParam("state", "{state}").build(value, issuer.toString(), state);
        }
    }

    /** A request that waits for its user. */
    @SuppressWarnings("ArrayRecordComponent") // a digest, which nothing compares but Secrets
    record Pending(Wanted wanted, byte[] browser) {
        boolean isOf(@Nullable String cookie) {
            return cookie != null && Secrets.matches(browser, cookie);
        }

        AuthorizationCodes.Purpose purpose() {
            return new AuthorizationCodes.Purpose(
                    wanted.clientId(), wanted.redirectUri(), wanted.scopes(), wanted.challenge());
        }

        URI answered(String name, String value, URI issuer) {
            return wanted.answered(name, value, issuer);
        }
    }

    private final Clock clock;

    AuthorizationRequests(Clock clock) {
        this.clock = clock;
    }

    /** @param show the companion's own page that shows a code to be copied */
    static void checkTarget(@Nullable String clientId, @Nullable String redirectUri, URI show) {
        if (!AuthorizationCodes.CLI.equals(clientId)) {
            throw ProblemException.badRequest("client_id must be " + AuthorizationCodes.CLI
                    + ": other programs get tokens with a secret of their own");
        }
        if (redirectUri == null || !(LOOPBACK.matcher(redirectUri).matches() || redirectUri.equals(show.toString()))) {
            throw ProblemException.badRequest(
                    "redirect_uri must be a loopback address, http://127.0.0.1:PORT/…, or " + show);
        }
    }

    /**
     * What is wrong with a request whose answer may be sent to the program, as a word of RFC 6749, section 4.1.2.1; empty
     * when nothing is.
     */
    static Optional<String> fault(
            @Nullable String responseType,
            @Nullable String state,
            @Nullable String scope,
            @Nullable String challenge,
            @Nullable String method) {
        if (!"code".equals(responseType)) {
            return Optional.of("unsupported_response_type");
        }
        if (challenge == null || !CHALLENGE.matcher(challenge).matches() || !"S256".equals(method)) {
            return Optional.of("invalid_request");
        }
        if (state != null && (state.length() > LONGEST_STATE || state.indexOf('\0') >= 0)) {
            return Optional.of("invalid_request");
        }
        return Scopes.all().containsAll(scopes(scope)) ? Optional.empty() : Optional.of("invalid_scope");
    }

    /** All scopes when none is named: what the person may do bounds them anyway. */
    static Set<String> scopes(@Nullable String scope) {
        return scope == null || scope.isBlank()
                ? Scopes.all()
                : new TreeSet<>(Arrays.asList(scope.strip().split(" +")));
    }

    /** Keeps a request; the handle names it in the page's links. */
    String keep(StatelessSession session, Wanted wanted, String browser) {
        String handle = Secrets.make("");
        Sql.update(
                session,
                "insert into authorization_request"
                        + " (handle_sha256, client_id, redirect_uri, state, scopes, code_challenge, browser_sha256,"
                        + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                Secrets.digest(handle),
                wanted.clientId(),
                wanted.redirectUri(),
                wanted.state(),
                wanted.scopes(),
                wanted.challenge(),
                Secrets.digest(browser),
                clock.instant());
        return handle;
    }

    Optional<Pending> find(StatelessSession session, byte[] handle) {
        return Sql.one(
                session,
                "select client_id, redirect_uri, state, scopes, code_challenge, browser_sha256"
                        + " from authorization_request where handle_sha256 = ? and created_at > ?",
                AuthorizationRequests::pending,
                handle,
                clock.instant().minus(PATIENCE));
    }

    /** Takes a request out: it is answered once. */
    Optional<Pending> take(StatelessSession session, byte[] handle) {
        return Sql.one(
                session,
                "delete from authorization_request where handle_sha256 = ? and created_at > ?"
                        + " returning client_id, redirect_uri, state, scopes, code_challenge, browser_sha256",
                AuthorizationRequests::pending,
                handle,
                clock.instant().minus(PATIENCE));
    }

    private static Pending pending(Row row) throws SQLException {
        return new Pending(
                new Wanted(
                        row.text("client_id"),
                        row.text("redirect_uri"),
                        row.textOrNull("state"),
                        Set.copyOf(row.texts("scopes")),
                        row.text("code_challenge")),
                row.bytes("browser_sha256"));
    }
}
