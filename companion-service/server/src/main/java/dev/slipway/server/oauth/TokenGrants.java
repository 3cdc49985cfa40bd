package dev.slipway.server.oauth;

import dev.slipway.server.database.Transactions;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the token endpoint does, by grant type. */
final class TokenGrants {
    /** The program that people log in with; it can keep no secret, so it has none. */
    static final String CLI = "slipway-cli";

    private final Transactions transactions;
    private final ClientAuthentication authentication;
    private final Clients clients;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final OAuthSettings settings;

    TokenGrants(
            Transactions transactions,
            ClientAuthentication authentication,
            Clients clients,
            Sessions sessions,
            AccessTokens tokens,
            OAuthSettings settings) {
        this.transactions = transactions;
        this.authentication = authentication;
        this.clients = clients;
        this.sessions = sessions;
        this.tokens = tokens;
        this.settings = settings;
    }

    TokenAnswer grant(@Nullable String authorization, Form form) {
        String type = form.require("grant_type");
        return switch (type) {
            case "client_credentials" -> clientCredentials(authorization, form);
            case "refresh_token" -> refresh(form);
            default ->
                throw OAuthException.unsupportedGrantType(
                        "the grant types here are client_credentials and refresh_token");
        };
    }

    private TokenAnswer clientCredentials(@Nullable String authorization, Form form) {
        StoredClient client = authentication.require(authorization, form);
        Collection<String> scopes = narrowed(form, client.scopes());
        AccessTokens.Minted minted = tokens.mint(new AccessTokens.Order(
                client.userId(),
                new TokenSubject.OfClient(client.id(), client.secretVersion()),
                client.clientId(),
                scopes,
                settings.accessToken()));
        transactions.run(session -> clients.used(session, client));
        return TokenAnswer.of(minted, null);
    }

    private TokenAnswer refresh(Form form) {
        String given = form.require("refresh_token");
        String clientId = publicClient(form);
        record Renewed(Sessions.Login login, String next) {}
        Optional<Renewed> renewed = transactions.call(session -> sessions.use(session, given, clientId)
                .map(login -> new Renewed(login, sessions.refreshToken(session, login))));
        Renewed login = renewed.orElseThrow(() ->
                OAuthException.invalidGrant("the refresh token is unknown, was used before, or its login has ended"));
        return answer(login.login(), narrowed(form, login.login().scopes()), login.next());
    }

    private TokenAnswer answer(Sessions.Login login, Collection<String> scopes, String refreshToken) {
        AccessTokens.Minted minted = tokens.mint(new AccessTokens.Order(
                login.userId(),
                new TokenSubject.OfSession(login.id()),
                login.clientId(),
                scopes,
                settings.accessToken()));
        return TokenAnswer.of(minted, refreshToken);
    }

    static String publicClient(Form form) {
        String id = form.require("client_id");
        if (!id.equals(CLI)) {
            throw OAuthException.invalidClient();
        }
        return id;
    }

    /** The scopes asked for; all of {@code most} when none is named. */
    private static Collection<String> narrowed(Form form, Set<String> most) {
        Optional<String> asked = form.get("scope");
        if (asked.isEmpty()) {
            return most;
        }
        Set<String> scopes = new TreeSet<>(Arrays.asList(asked.get().trim().split(" +")));
        if (!most.containsAll(scopes)) {
            scopes.removeAll(most);
            throw OAuthException.invalidScope("not among the scopes of this client: "
                    + scopes.stream().filter(s -> s.matches("[a-z:-]{1,60}")).toList());
        }
        return scopes;
    }
}
