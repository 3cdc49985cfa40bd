package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.api.composes.ComposeExtension;
import dev.slipway.api.composes.ComposePage;
import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** Temporary repositories. */
@Path("/api/v1/composes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ComposesResource {

    private static final String ROOT = "/api/v1/composes/";

    private final Transactions transactions;
    private final Composes composes;
    private final Idempotency idempotency;

    public ComposesResource(Transactions transactions, Composes composes, Idempotency idempotency) {
        this.transactions = transactions;
        this.composes = composes;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.COMPOSES_CREATE)
    public Response create(
            ComposeRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Compose made = composes.create(request, caller, session);
            return Idempotency.Answer.created(ROOT + made.id() + "/", made);
        });
    }

    @GET
    @Scope(Scopes.COMPOSES_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("state") @Nullable Integer state,
            @QueryParam("owner") @Nullable String owner,
            @QueryParam("label") @Nullable String label,
            @QueryParam("event") @Nullable String event,
            @Context UriInfo uri) {
        ComposeRows.Filter filter = new ComposeRows.Filter(state, owner, label, event);
        return transactions.read(session -> page.answer(
                composes.list(filter, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                () -> composes.count(filter, session),
                ComposePage::new,
                uri,
                Compose::id));
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.COMPOSES_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Compose compose = transactions.read(session -> composes.view(id, session));
        return ETags.answer(request, compose.revision(), compose);
    }

    @PATCH
    @Path("{id}")
    @Scope(Scopes.COMPOSES_EXTEND)
    public Response extend(
            @PathParam("id") long id,
            ComposeExtension extension,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        Compose compose =
                transactions.call(session -> composes.extend(id, extension, ETags.expected(headers), caller, session));
        return ETags.answer(compose.revision(), compose);
    }

    @POST
    @Path("{id}/regenerate")
    @Scope(Scopes.COMPOSES_CREATE)
    public Response regenerate(
            @PathParam("id") long id, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT + id + "/regenerate", null, session -> {
            Compose made = composes.regenerate(id, caller, session);
            return Idempotency.Answer.created(ROOT + made.id() + "/", made);
        });
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.COMPOSES_DELETE)
    public void delete(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> composes.delete(id, ETags.expected(headers), caller, session));
    }
}
