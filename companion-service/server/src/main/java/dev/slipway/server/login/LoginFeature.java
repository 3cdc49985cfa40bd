package dev.slipway.server.login;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Outbound;
import dev.slipway.server.oauth.AuthorizationCodes;
import dev.slipway.server.oauth.LoginTokens;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the logins serve and do by themselves. */
public final class LoginFeature {
    private final Transactions transactions;
    private final Logins logins;
    private final List<Object> resources;

    /**
     * @param github absent when nobody logs in by GitHub
     * @param oidc the other providers
     */
    public LoginFeature(
            Clock clock,
            Transactions transactions,
            Outbound outbound,
            @Nullable GithubSettings github,
            List<OidcSettings> oidc,
            LinkedAccounts accounts,
            LoginLog log,
            AuthorizationCodes codes,
            LoginTokens tokens,
            Supplier<URI> publicUrl) {
        this.transactions = transactions;
        GithubProvider ofGithub = github == null ? null : new GithubProvider(github, outbound);
        List<LoginProvider> providers = new ArrayList<>();
        if (ofGithub != null) {
            providers.add(ofGithub);
        }
        oidc.forEach(settings -> providers.add(new OidcProvider(settings, outbound)));
        AuthorizationRequests requests = new AuthorizationRequests(clock);
        this.logins = new Logins(clock, transactions, providers, accounts, log, requests, codes, tokens, publicUrl);
        this.resources = List.of(
                new LoginResource(logins, publicUrl),
                new AuthorizeResource(transactions, requests, logins, publicUrl),
                new GithubLoginResource(transactions, ofGithub, accounts, log, tokens));
    }

    public List<Object> resources() {
        return resources;
    }

    /** Forgets logins that were never ended. */
    public void prune() {
        transactions.run(logins::prune);
    }
}
