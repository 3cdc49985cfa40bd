package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenPage;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API tokens. Not idempotent by key: the answer holds a secret that must not be stored. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private final Transactions transactions;
    private final Tokens tokens;

    public TokensResource(Transactions transactions, Tokens tokens) {
        this.transactions = transactions;
        this.tokens = tokens;
    }

    @POST
    @Scope(Scopes.TOKENS_CREATE)
    public Response create(TokenRequest request, @Context Caller caller) {
        Token token = transactions.call(session -> tokens.create(session, caller, request));
        return Response.created(URI.create("/api/v1/tokens/" + token.id()))
                .header("Cache-Control", "no-store")
                .entity(token)
                .build();
    }

    @GET
    @Scope(Scopes.TOKENS_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("all") @Nullable Boolean all,
            @Context Caller caller,
            @Context UriInfo uri) {
        if (Boolean.TRUE.equals(all) && !caller.may(Scopes.USERS_MANAGE)) {
            throw ProblemException.forbidden("seeing the tokens of all users needs the scope " + Scopes.USERS_MANAGE);
        }
        Long user = Boolean.TRUE.equals(all) ? null : Long.valueOf(caller.userId());
        if (page.isPaged()) {
            return transactions.read(session -> Response.ok(new TokenPage(
                            tokens.list(session, user, Long.MAX_VALUE, page.offset(), page.limit()),
                            tokens.count(session, user),
                            page.number()))
                    .build());
        }
        List<Token> found = transactions.read(
                session -> tokens.list(session, user, page.afterId(Long.MAX_VALUE), 0, page.limit() + 1));
        return page.bare(found, uri, token -> String.valueOf(token.id()));
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.TOKENS_DELETE)
    public void revoke(@PathParam("id") long id, @Context Caller caller) {
        transactions.run(session -> tokens.revoke(session, caller, id));
    }
}
