package dev.slipway.server.signkeys;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.signing.SignKey;
import dev.slipway.api.signing.SignKeyPage;
import dev.slipway.api.signing.SignKeyRequest;
import dev.slipway.api.signing.SignKeyUpdate;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Sign keys over HTTP. */
@Path("/api/v1/sign-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SignKeysResource {
    private final Transactions transactions;
    private final SignKeys keys;
    private final Idempotency idempotency;

    public SignKeysResource(Transactions transactions, SignKeys keys, Idempotency idempotency) {
        this.transactions = transactions;
        this.keys = keys;
        this.idempotency = idempotency;
    }

    @GET
    @Scope(Scopes.SIGN_KEYS_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                keys.list(archived, page.afterId(0), page.offset(), page.fetchLimit(), session),
                () -> keys.count(archived, session),
                SignKeyPage::new,
                uri,
                SignKey::id));
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.SIGN_KEYS_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        SignKey key = transactions.read(session -> keys.show(id, session));
        return ETags.answer(request, key.revision(), key);
    }

    @POST
    @Path("new")
    @Scope(Scopes.SIGN_KEYS_CREATE)
    public Response create(
            SignKeyRequest body, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST /api/v1/sign-keys/new/", body, session -> {
            SignKey created = keys.create(body, caller, session);
            return Idempotency.Answer.created("/api/v1/sign-keys/" + created.id() + "/", created);
        });
    }

    @PUT
    @Path("{id}")
    @Scope(Scopes.SIGN_KEYS_UPDATE)
    public Response update(
            @PathParam("id") long id, SignKeyUpdate body, @Context HttpHeaders headers, @Context Caller caller) {
        SignKey after = transactions.call(session -> keys.update(id, body, caller, ETags.expected(headers), session));
        return ETags.answer(after.revision(), after);
    }
}
