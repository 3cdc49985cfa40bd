package dev.slipway.server.login;

import dev.slipway.api.identity.LoginAnswer;
import dev.slipway.server.http.AnyParameters;
import dev.slipway.server.identity.Public;
import dev.slipway.server.identity.Visitor;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logins by a browser: off to a provider, and back from it. */
@Path("/login")
public final class LoginResource {
    private final Logins logins;
    private final Supplier<URI> publicUrl;

    LoginResource(Logins logins, Supplier<URI> publicUrl) {
        this.logins = logins;
        this.publicUrl = publicUrl;
    }

    @GET
    @Path("oidc/{provider}")
    @Public
    public Response depart(
            @PathParam("provider") String provider,
            @QueryParam("request") @Nullable String request,
            @CookieParam(LoginCookie.NAME) @Nullable String cookie) {
        return off("oidc/" + provider, request, cookie);
    }

    @GET
    @Path("github")
    @Public
    public Response departToGithub(
            @QueryParam("request") @Nullable String request, @CookieParam(LoginCookie.NAME) @Nullable String cookie) {
        return off(GithubProvider.NAME, request, cookie);
    }

    @GET
    @Path("oidc/{provider}/callback")
    @Public
    @AnyParameters
    public Response arrive(
            @PathParam("provider") String provider,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @CookieParam(LoginCookie.NAME) @Nullable String cookie,
            @Context Visitor visitor) {
        return back(logins.arrive("oidc/" + provider, state, code, error, cookie, visitor));
    }

    @GET
    @Path("github/callback")
    @Public
    @AnyParameters
    public Response arriveFromGithub(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @CookieParam(LoginCookie.NAME) @Nullable String cookie,
            @Context Visitor visitor) {
        return back(logins.arrive(GithubProvider.NAME, state, code, error, cookie, visitor));
    }

    private Response off(String path, @Nullable String request, @Nullable String cookie) {
        Logins.Departure departure = logins.depart(path, request, cookie);
        return Response.seeOther(departure.to())
                .cookie(LoginCookie.of(departure.cookie(), publicUrl.get()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Response back(Logins.Arrival arrival) {
        Response.ResponseBuilder answer = arrival instanceof Logins.Arrival.AtProgram program
                ? Response.seeOther(program.redirect())
                : Response.ok(answer((Logins.Arrival.AtPerson) arrival), MediaType.APPLICATION_JSON_TYPE);
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static LoginAnswer answer(Logins.Arrival.AtPerson person) {
        return LoginAnswers.of(person.account(), person.token());
    }
}
