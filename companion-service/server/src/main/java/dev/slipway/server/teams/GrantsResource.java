package dev.slipway.server.teams;

import dev.slipway.api.identity.Grant;
import dev.slipway.api.identity.GrantPage;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
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

/** Roles that users and teams hold. */
@Path("/api/v1/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GrantsResource {
    private static final String ROOT = "/api/v1/grants/";

    private final Transactions transactions;
    private final Grants grants;
    private final Idempotency idempotency;

    GrantsResource(Transactions transactions, Grants grants, Idempotency idempotency) {
        this.transactions = transactions;
        this.grants = grants;
        this.idempotency = idempotency;
    }

    @GET
    @Scope(Scopes.GRANTS_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("role") @Nullable String role,
            @QueryParam("user") @Nullable String user,
            @QueryParam("team") @Nullable String team,
            @QueryParam("distribution") @Nullable String distribution,
            @Context UriInfo uri) {
        Grants.Filter filter = new Grants.Filter(role, user, team, distribution);
        return transactions.read(session -> page.answer(
                grants.list(filter, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                () -> grants.count(filter, session),
                GrantPage::new,
                uri,
                Grant::id));
    }

    @POST
    @Scope(Scopes.GRANTS_MANAGE)
    public Response create(
            GrantRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Grant made = grants.create(request, caller, session);
            return Idempotency.Answer.created(ROOT + made.id() + "/", made);
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.GRANTS_READ)
    public Grant get(@PathParam("id") long id) {
        return transactions.read(session -> grants.get(id, session));
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.GRANTS_MANAGE)
    public void remove(@PathParam("id") long id, @Context Caller caller) {
        transactions.run(session -> grants.remove(id, caller, session));
    }
}
