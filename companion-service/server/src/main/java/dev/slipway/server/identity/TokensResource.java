package dev.slipway.server.identity;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.Token;
import dev.slipway.api.identity.TokenPage;
import dev.slipway.api.identity.TokenRequest;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.idempotency.Idempotency;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** API tokens. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private final Transactions transactions;
    private final Tokens tokens;
    private final Idempotency idempotency;

    public TokensResource(Transactions transactions, Tokens tokens, Idempotency idempotency) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.TOKENS_CREATE)
    public Response create(
            TokenRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        Response made = idempotency.once(caller, key, "POST /api/v1/tokens/", request, session -> {
            Token token = tokens.create(session, caller, request);
            return Idempotency.Answer.createdOnce("/api/v1/tokens/" + token.id(), token, Tokens.withoutSecret(token));
        });
        return Response.fromResponse(made).header("Cache-Control", "no-store").build();
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
        return transactions.read(session -> page.answer(
                tokens.list(session, user, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit()),
                () -> tokens.count(session, user),
                TokenPage::new,
                uri,
                Token::id));
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.TOKENS_DELETE)
    public void revoke(@PathParam("id") long id, @Context Caller caller) {
        transactions.run(session -> tokens.revoke(session, caller, id));
    }
}
