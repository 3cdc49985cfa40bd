package dev.slipway.server.oauth;

import dev.slipway.server.database.Transactions;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.StatelessSession;

/** What the token endpoint does, by grant type. */
final class TokenGrants {
    private final Transactions transactions;
    private final ClientAuthentication authentication;
    private final Clients clients;
    private final Sessions sessions;
    private final AuthorizationCodes codes;
    private final LoginTokens logins;
    private final AccessTokens tokens;
    private final OAuthSettings settings;

    TokenGrants(
            Transactions transactions,
            ClientAuthentication authentication,
            Clients clients,
            Sessions sessions,
            AuthorizationCodes codes,
            LoginTokens logins,
            AccessTokens tokens,
            OAuthSettings settings) {
        this.transactions = transactions;
        this.authentication = authentication;
        this.clients = clients;
        this.sessions = sessions;
        this.codes = codes;
        this.logins = logins;
        this.tokens = tokens;
        this.settings = settings;
    }

    TokenAnswer grant(ClientAuthentication.Attempt attempt) {
        Form form = attempt.form();
        String type = form.require("grant_type");
        return switch (type) {
            case "client_credentials" -> clientCredentials(attempt);
            case "refresh_token" -> refresh(form);
            case "authorization_code" -> authorizationCode(form);
            default ->
                throw OAuthException.unsupportedGrantType(
                        "the grant types here are client_credentials, authorization_code and refresh_token");
        };
    }

    private TokenAnswer clientCredentials(ClientAuthentication.Attempt attempt) {
        StoredClient client = authentication.require(attempt);
        Collection<String> scopes = narrowed(attempt.form(), client.scopes());
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
        return begun(
                form,
                session -> sessions.use(session, given, clientId),
                "the refresh token is unknown, was used before, or its login has ended");
    }

    private TokenAnswer authorizationCode(Form form) {
        AuthorizationCodes.Shown shown = new AuthorizationCodes.Shown(
                form.require("code"), publicClient(form), form.require("redirect_uri"), form.require("code_verifier"));
        return begun(
                form,
                session -> codes.redeem(session, shown),
                "the code is unknown, was used before, is too old, or was given for something else");
    }

    /** What {@code work} did is committed in any case: a code or token that came twice has ended its login. */
    private TokenAnswer begun(Form form, Function<StatelessSession, Optional<Sessions.Login>> work, String otherwise) {
        record Begun(Sessions.Login login, String refreshToken) {}
        Optional<Begun> begun = transactions.call(session ->
                work.apply(session).map(login -> new Begun(login, sessions.refreshToken(session, login))));
        Sessions.Login login = begun.map(Begun::login).orElseThrow(() -> OAuthException.invalidGrant(otherwise));
        return TokenAnswer.of(
                logins.mint(login, narrowed(form, login.scopes())), begun.get().refreshToken());
    }

    static String publicClient(Form form) {
        String id = form.require("client_id");
        if (!id.equals(AuthorizationCodes.CLI)) {
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
