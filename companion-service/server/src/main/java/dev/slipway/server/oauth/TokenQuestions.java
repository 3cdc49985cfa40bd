package dev.slipway.server.oauth;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.Proof;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tells clients what a token is (RFC 7662), and refuses tokens that their holder gives up (RFC 7009). */
final class TokenQuestions {
    /**
     * What a token is; of one that is not accepted, nothing but that.
     *
     * @param exp when it ends, in seconds since 1970
     */
    record Introspection(
            boolean active,
            @Nullable String scope,
            @Nullable String clientId,
            @Nullable String username,
            @Nullable String tokenType,
            @Nullable Long exp,
            @Nullable Long iat,
            @Nullable String sub,
            @Nullable String aud,
            @Nullable String iss,
            @Nullable String jti) {
        static final Introspection INACTIVE =
                new Introspection(false, null, null, null, null, null, null, null, null, null, null);
    }

    private final Transactions transactions;
    private final ClientAuthentication clients;
    private final AccessTokens tokens;
    private final Sessions sessions;
    private final Authentication authentication;
    private final Supplier<URI> issuer;

    TokenQuestions(
            Transactions transactions,
            ClientAuthentication clients,
            AccessTokens tokens,
            Sessions sessions,
            Authentication authentication,
            Supplier<URI> issuer) {
        this.transactions = transactions;
        this.clients = clients;
        this.tokens = tokens;
        this.sessions = sessions;
        this.authentication = authentication;
        this.issuer = issuer;
    }

    /** Any client may ask: whoever holds a token can use it, and so learns nothing new. */
    Introspection introspect(ClientAuthentication.Attempt attempt) {
        clients.require(attempt);
        String token = attempt.form().require("token");
        return authentication.proof(token).map(proof -> describe(token, proof)).orElse(Introspection.INACTIVE);
    }

    private Introspection describe(String token, Proof proof) {
        Optional<AccessTokens.Read> own = tokens.read(token);
        String here = issuer.get().toString();
        return new Introspection(
                true,
                String.join(" ", new TreeSet<>(proof.scopes())),
                own.map(AccessTokens.Read::client).orElse(null),
                proof.username(),
                "Bearer",
                proof.expiresAt() == null ? null : proof.expiresAt().getEpochSecond(),
                own.map(read -> read.issuedAt().getEpochSecond()).orElse(null),
                String.valueOf(proof.userId()),
                own.isPresent() ? here : null,
                own.isPresent() ? here : null,
                own.map(AccessTokens.Read::jti).orElse(null));
    }

    /** Refuses a token from now on; one that is unknown is refused anyway. */
    void revoke(ClientAuthentication.Attempt attempt) {
        Form form = attempt.form();
        String token = form.require("token");
        String client =
                attempt.authorization() == null && form.get("client_secret").isEmpty()
                        ? TokenGrants.publicClient(form)
                        : clients.require(attempt).clientId();
        Optional<AccessTokens.Read> access = tokens.read(token);
        transactions.run(session -> sessions.of(session, token)
                .ifPresentOrElse(
                        login -> end(session, client, login),
                        () -> access.ifPresent(read -> revokeAccess(session, client, read))));
    }

    private void end(StatelessSession session, String client, Sessions.Login login) {
        requireOwn(client, login.clientId());
        sessions.end(session, login.id());
    }

    private void revokeAccess(StatelessSession session, String client, AccessTokens.Read read) {
        requireOwn(client, read.client());
        if (read.subject() instanceof TokenSubject.OfSession login) {
            sessions.end(session, login.sessionId());
            return;
        }
        Sql.update(
                session,
                "insert into revoked_access_token (jti, expires_at) values (?, ?) on conflict do nothing",
                read.jti(),
                read.expiresAt());
        authentication.forget(session);
    }

    private static void requireOwn(String client, String owner) {
        if (!client.equals(owner)) {
            throw OAuthException.unauthorizedClient("the token was given to another client");
        }
    }
}
