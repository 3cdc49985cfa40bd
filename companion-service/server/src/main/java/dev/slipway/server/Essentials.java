package dev.slipway.server;

import dev.slipway.server.database.Database;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Dispatcher;
import dev.slipway.server.events.Events;
import dev.slipway.server.events.EventsResource;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.Outbound;
import dev.slipway.server.identity.Accounts;
import dev.slipway.server.identity.ApiTokens;
import dev.slipway.server.identity.AuditResource;
import dev.slipway.server.identity.AuditTrail;
import dev.slipway.server.identity.Authentication;
import dev.slipway.server.identity.Bootstrap;
import dev.slipway.server.identity.GrantedRights;
import dev.slipway.server.identity.RefusedLogins;
import dev.slipway.server.identity.TokenKind;
import dev.slipway.server.identity.TokenStatusResource;
import dev.slipway.server.identity.Tokens;
import dev.slipway.server.identity.TokensResource;
import dev.slipway.server.identity.Users;
import dev.slipway.server.identity.UsersResource;
import dev.slipway.server.login.ExternalTokens;
import dev.slipway.server.login.LinkedAccounts;
import dev.slipway.server.login.LoginFeature;
import dev.slipway.server.login.LoginLog;
import dev.slipway.server.oauth.AccessTokens;
import dev.slipway.server.oauth.OAuthFeature;
import dev.slipway.server.oauth.OAuthSettings;
import dev.slipway.server.oauth.TokenKeys;
import dev.slipway.server.service.DocsResource;
import dev.slipway.server.service.ServiceResource;
import dev.slipway.server.service.ServiceStatus;
import dev.slipway.server.teams.TeamFeature;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wires what is there before any feature of packages is: who callers are and what they may, the events, and what the service
 * tells of itself.
 */
final class Essentials {
    private final Foundation base;
    private final Wiring wiring;
    private final Users users;
    private final GrantedRights rights;
    private final RefusedLogins refusals;

    private Essentials(Foundation base, Wiring wiring) {
        this.base = base;
        this.wiring = wiring;
        this.users = new Users(base.clock());
        this.rights = new GrantedRights(base.transactions(), base.notifications());
        this.refusals = new RefusedLogins(base.transactions(), base.audit(), Limits.refusedLogins(base.settings()));
    }

    /**
     * Wires everything and, on the first start, makes the admin's account.
     *
     * @return the admin's first token, if this start made it
     */
    static Optional<String> wire(Foundation base, Wiring wiring, Database database) throws IOException {
        return new Essentials(base, wiring).wire(database);
    }

    private Optional<String> wire(Database database) throws IOException {
        OAuthSettings lives = oauthSettings(base.settings());
        TokenKeys keys = new TokenKeys(base.clock(), base.transactions(), base.notifications(), base.var(), lives);
        AccessTokens accessTokens = new AccessTokens(base.clock(), base.transactions(), keys, base.publicUrl());
        LoginSettings settings = new LoginSettings(base.settings());
        LinkedAccounts accounts =
                new LinkedAccounts(base.clock(), base.transactions(), users, base.audit(), settings.firstRole());
        Outbound outbound = new Outbound();
        List<TokenKind> kinds = new ArrayList<>(List.of(new ApiTokens(base.transactions()), accessTokens));
        settings.issuers().forEach(issuer -> kinds.add(new ExternalTokens(issuer, base.clock(), accounts, outbound)));
        Authentication authentication =
                new Authentication(base.clock(), base.transactions(), base.notifications(), kinds, rights);
        wireService(database, authentication);
        Tokens tokens = wireIdentity(authentication);
        wireEvents();
        OAuthFeature oauth = wireOAuth(authentication, keys, accessTokens, lives);
        wireLogin(settings, accounts, outbound, oauth);
        return new Bootstrap(base.clock(), base.transactions(), users, tokens, base.audit())
                .firstStart(base.var().resolve("bootstrap-token"));
    }

    private void wireService(Database database, Authentication authentication) {
        PrometheusMeterRegistry metrics = (PrometheusMeterRegistry) base.metrics();
        Resources.addShared(wiring, authentication, Limits.rates(base.settings()), metrics);
        wiring.resource(new DocsResource())
                .resource(new ServiceResource(new ServiceStatus(base.clock().instant(), database), metrics))
                .every(Duration.ofHours(1), "idempotency.prune", base.idempotency()::prune);
    }

    private Tokens wireIdentity(Authentication authentication) {
        Transactions transactions = base.transactions();
        Tokens tokens = new Tokens(base.clock(), users, base.audit(), authentication);
        Accounts accounts = new Accounts(users, authentication, rights, base.audit());
        TeamFeature teams = new TeamFeature(base.clock(), transactions, base.idempotency(), rights, base.audit());
        wiring.resource(new TokensResource(transactions, tokens, base.idempotency()))
                .resource(new TokenStatusResource())
                .resource(new UsersResource(transactions, users, accounts))
                .resource(teams.teams())
                .resource(teams.grants())
                .resource(new AuditResource(transactions, new AuditTrail()))
                .every(Duration.ofMinutes(1), "tokens.last-use", authentication::flushLastUse);
        // behind those of what is asked then, which forgets what it remembers first
        for (String change : List.of(Authentication.TOPIC, GrantedRights.TOPIC)) {
            base.notifications().subscribe(change, key -> base.streams().recheck());
            base.notifications().subscribe(change, key -> base.longPolls().recheck());
        }
        return tokens;
    }

    private void wireEvents() {
        Dispatcher dispatcher = new Dispatcher(base.clock(), base.transactions());
        wiring.resource(new EventsResource(new Events(base.transactions()), base.streams()))
                .every(Duration.ofSeconds(5), "events.dispatch", dispatcher::dispatch)
                .wake(base.notifications(), Outbox.TOPIC, "events.dispatch")
                .every(Duration.ofHours(1), "events.prune", dispatcher::prune);
    }

    private OAuthFeature wireOAuth(
            Authentication authentication, TokenKeys keys, AccessTokens accessTokens, OAuthSettings lives) {
        OAuthFeature oauth = new OAuthFeature(
                base.clock(),
                base.transactions(),
                users,
                base.audit(),
                refusals,
                base.idempotency(),
                authentication,
                keys,
                accessTokens,
                rights,
                lives,
                base.publicUrl());
        oauth.resources().forEach(wiring::resource);
        wiring.every(Duration.ofHours(1), "oauth.tend", oauth::tend);
        return oauth;
    }

    private static OAuthSettings oauthSettings(Settings settings) {
        OAuthSettings defaults = OAuthSettings.DEFAULTS;
        return new OAuthSettings(
                settings.duration("oauth.access-token-life", defaults.accessToken()),
                settings.duration("oauth.login-token-life", defaults.loginToken()),
                settings.duration("oauth.session-life", defaults.session()),
                settings.duration("oauth.key-rotation", defaults.keyRotation()));
    }

    private void wireLogin(LoginSettings settings, LinkedAccounts accounts, Outbound outbound, OAuthFeature oauth)
            throws IOException {
        LoginFeature login = new LoginFeature(
                base.clock(),
                base.transactions(),
                outbound,
                settings.github(),
                settings.oidc(),
                accounts,
                new LoginLog(base.audit(), refusals),
                oauth.codes(),
                oauth.logins(),
                base.publicUrl());
        login.resources().forEach(wiring::resource);
        wiring.every(Duration.ofMinutes(10), "login.prune", login::prune);
    }
}
