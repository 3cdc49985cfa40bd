package dev.slipway.server.oauth;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.identity.GrantedRights;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Access tokens of people: never for more than their user was granted when they are made. */
public final class LoginTokens {
    private static final String BROWSER = "browser";

    private final Transactions transactions;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final GrantedRights rights;
    private final OAuthSettings settings;

    LoginTokens(
            Transactions transactions,
            Sessions sessions,
            AccessTokens tokens,
            GrantedRights rights,
            OAuthSettings settings) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.rights = rights;
        this.settings = settings;
    }

    /** One token for a login that has no way to get another: it ends with it. Not to be called in a transaction. */
    public String login(long userId) {
        Sessions.Login login = transactions.call(
                session -> sessions.begin(session, userId, BROWSER, Scopes.all(), settings.loginToken()));
        return tokens.mint(new AccessTokens.Order(
                        userId,
                        new TokenSubject.OfSession(login.id()),
                        BROWSER,
                        granted(userId, login.scopes()),
                        settings.loginToken()))
                .token();
    }

    /** A short token for a login that can get others. Not to be called in a transaction. */
    AccessTokens.Minted mint(Sessions.Login login, Collection<String> scopes) {
        return tokens.mint(new AccessTokens.Order(
                login.userId(),
                new TokenSubject.OfSession(login.id()),
                login.clientId(),
                granted(login.userId(), scopes),
                settings.accessToken()));
    }

    private Collection<String> granted(long userId, Collection<String> scopes) {
        Set<String> granted = new TreeSet<>(rights.of(userId).narrow(scopes));
        granted.add(Scopes.TOKENS_STATUS);
        return granted;
    }
}
