package dev.slipway.server.oauth;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.GrantedRights;
import dev.slipway.server.identity.RefusedLogins;
import dev.slipway.server.identity.Users;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** What the OAuth side serves and does by itself. */
public final class OAuthFeature {
    private final Transactions transactions;
    private final TokenKeys keys;
    private final Sessions sessions;
    private final AuthorizationCodes codes;
    private final LoginTokens logins;
    private final List<Object> resources;

    /** @param issuer the companion's address as callers know it */
    public OAuthFeature(
            Clock clock,
            Transactions transactions,
            Users users,
            Audit audit,
            RefusedLogins refusals,
            Idempotency idempotency,
            Authentication authentication,
            TokenKeys keys,
            AccessTokens tokens,
            GrantedRights rights,
            OAuthSettings settings,
            Supplier<URI> issuer) {
        this.transactions = transactions;
        this.keys = keys;
        this.sessions = new Sessions(clock, settings, authentication);
        this.codes = new AuthorizationCodes(clock, sessions);
        this.logins = new LoginTokens(transactions, sessions, tokens, rights, settings);
        Clients clients = new Clients(clock, users, audit, authentication);
        ClientAuthentication proofs = new ClientAuthentication(transactions, clients, refusals);
        TokenGrants grants = new TokenGrants(transactions, proofs, clients, sessions, codes, logins, tokens, settings);
        TokenQuestions questions = new TokenQuestions(transactions, proofs, tokens, sessions, authentication, issuer);
        this.resources = List.of(
                new ClientsResource(transactions, clients, idempotency),
                new TokenKeysResource(transactions, keys, new TokenKeyRotation(clock, keys, audit, authentication)),
                new OAuthResource(grants, questions),
                new WellKnownResource(keys, issuer),
                new OAuthErrors());
    }

    public List<Object> resources() {
        return resources;
    }

    public AuthorizationCodes codes() {
        return codes;
    }

    public LoginTokens logins() {
        return logins;
    }

    /** Changes keys that are due and forgets what is over. */
    public void tend() {
        keys.tend();
        transactions.run(session -> {
            codes.prune(session);
            sessions.prune(session);
        });
    }
}
