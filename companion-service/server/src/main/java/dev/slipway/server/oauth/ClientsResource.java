package dev.slipway.server.oauth;

import dev.slipway.api.identity.Client;
import dev.slipway.api.identity.ClientPage;
import dev.slipway.api.identity.ClientRequest;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Service clients. */
@Path("/api/v1/clients")
@Produces(MediaType.APPLICATION_JSON)
public final class ClientsResource {
    private final Transactions transactions;
    private final Clients clients;
    private final Idempotency idempotency;

    public ClientsResource(Transactions transactions, Clients clients, Idempotency idempotency) {
        this.transactions = transactions;
        this.clients = clients;
        this.idempotency = idempotency;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Scope(Scopes.CLIENTS_CREATE)
    public Response create(
            ClientRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        Response made = idempotency.once(caller, key, "POST /api/v1/clients/", request, session -> {
            Client client = clients.create(session, caller, request);
            return Idempotency.Answer.createdOnce(
                    "/api/v1/clients/" + client.id(), client, Clients.withoutSecret(client));
        });
        return Response.fromResponse(made).header("Cache-Control", "no-store").build();
    }

    @GET
    @Scope(Scopes.CLIENTS_READ)
    public Response list(@BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                clients.list(session, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit()),
                () -> clients.count(session),
                ClientPage::new,
                uri,
                Client::id));
    }

    @POST
    @Path("{id}/secret")
    @Scope(Scopes.CLIENTS_UPDATE)
    public Response renew(
            @PathParam("id") long id, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        Response renewed = idempotency.once(caller, key, "POST /api/v1/clients/" + id + "/secret", null, session -> {
            Client client = clients.renew(session, caller, id);
            return new Idempotency.Answer(200, null, client, Clients.withoutSecret(client));
        });
        return Response.fromResponse(renewed)
                .header("Cache-Control", "no-store")
                .build();
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.CLIENTS_DELETE)
    public void revoke(@PathParam("id") long id, @Context Caller caller) {
        transactions.run(session -> clients.revoke(session, caller, id));
    }
}
