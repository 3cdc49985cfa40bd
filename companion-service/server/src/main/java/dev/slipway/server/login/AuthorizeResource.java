package dev.slipway.server.login;

import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.AnyParameters;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Public;
import dev.slipway.server.identity.Secrets;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint (RFC 6749, 7636, 8252) for the slipway program. It shows a page before anything happens, so
 * that no program gets a token without its user's doing.
 */
@Path("/oauth")
public final class AuthorizeResource {
    private final Transactions transactions;
    private final AuthorizationRequests requests;
    private final Logins logins;
    private final Supplier<URI> publicUrl;

    AuthorizeResource(
            Transactions transactions, AuthorizationRequests requests, Logins logins, Supplier<URI> publicUrl) {
        this.transactions = transactions;
        this.requests = requests;
        this.logins = logins;
        this.publicUrl = publicUrl;
    }

    @GET
    @Path("authorize")
    @Public
    @AnyParameters
    public Response authorize(
            @QueryParam("response_type") @Nullable String responseType,
            @QueryParam("client_id") @Nullable String clientId,
            @QueryParam("redirect_uri") @Nullable String redirectUri,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code_challenge") @Nullable String challenge,
            @QueryParam("code_challenge_method") @Nullable String method,
            @CookieParam(LoginCookie.NAME) @Nullable String cookie) {
        AuthorizationRequests.checkTarget(clientId, redirectUri, URI.create(publicUrl.get() + "/oauth/code"));
        Optional<String> fault = AuthorizationRequests.fault(responseType, state, scope, challenge, method);
        AuthorizationRequests.Wanted wanted = new AuthorizationRequests.Wanted(
                String.valueOf(clientId),
                String.valueOf(redirectUri),
                fault.isEmpty() || state == null || state.length() < 500 ? state : null,
                fault.isEmpty() ? AuthorizationRequests.scopes(scope) : Set.of(),
                String.valueOf(challenge));
        if (fault.isPresent()) {
            return Response.seeOther(wanted.answered("error", fault.get(), publicUrl.get()))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
        return choose(wanted, cookie);
    }

    private Response choose(AuthorizationRequests.Wanted wanted, @Nullable String cookie) {
        if (logins.providers().isEmpty()) {
            throw ProblemException.of(
                    "not-found",
                    404,
                    "Not found",
                    "this companion has no login for people; its operator can set one up, or make you an API token");
        }
        String browser = cookie != null && cookie.matches("[A-Za-z0-9_-]{40,60}") ? cookie : Secrets.make("");
        String handle = transactions.call(session -> requests.keep(session, wanted, browser));
        List<Pages.Choice> choices = logins.providers().stream()
                .map(provider -> new Pages.Choice(
                        "Log in with " + provider.label(),
                        publicUrl.get() + "/login/" + provider.path() + "?request=" + handle))
                .toList();
        return Pages.choices(
                        "Slipway",
                        "The slipway program asks to act for you at " + publicUrl.get()
                                + ". Go on only if you have just started it.",
                        choices)
                .cookie(LoginCookie.of(browser, publicUrl.get()))
                .build();
    }

    /** Shows a code to be copied, for a program on a machine without a browser. */
    @GET
    @Path("code")
    @Public
    @AnyParameters
    public Response show(@QueryParam("code") @Nullable String code, @QueryParam("error") @Nullable String error) {
        if (code != null && code.matches("[A-Za-z0-9_-]{1,100}")) {
            return Pages.code("Slipway", "Copy this code into the program that waits for it.", code)
                    .build();
        }
        throw ProblemException.forbidden("the login failed; begin again with slipway login");
    }
}
