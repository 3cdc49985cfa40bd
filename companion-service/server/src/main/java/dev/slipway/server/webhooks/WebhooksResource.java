package dev.slipway.server.webhooks;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.api.webhooks.WebhookDeliveryPage;
import dev.slipway.api.webhooks.WebhookPage;
import dev.slipway.api.webhooks.WebhookRequest;
import dev.slipway.api.webhooks.WebhookUpdate;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Webhooks and their deliveries. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WebhooksResource {
    private static final String ROOT = "/api/v1/webhooks/";

    private final Transactions transactions;
    private final Webhooks webhooks;
    private final Idempotency idempotency;

    WebhooksResource(Transactions transactions, Webhooks webhooks, Idempotency idempotency) {
        this.transactions = transactions;
        this.webhooks = webhooks;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.WEBHOOKS_MANAGE)
    public Response create(
            WebhookRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Webhook made = webhooks.create(request, caller, session);
            return Idempotency.Answer.createdOnce(ROOT + made.id() + "/", made, made.withoutSecret());
        });
    }

    @GET
    @Scope(Scopes.WEBHOOKS_READ)
    public Response list(@BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                WebhookRows.list(page.afterId(0), page.offset(), page.fetchLimit(), session),
                () -> WebhookRows.count(session),
                WebhookPage::new,
                uri,
                Webhook::id));
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.WEBHOOKS_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Webhook webhook = transactions.read(session -> webhooks.get(id, session));
        return ETags.answer(request, webhook.revision(), webhook);
    }

    @PATCH
    @Path("{id}")
    @Scope(Scopes.WEBHOOKS_MANAGE)
    public Response update(
            @PathParam("id") long id, WebhookUpdate update, @Context HttpHeaders headers, @Context Caller caller) {
        Webhook webhook =
                transactions.call(session -> webhooks.update(id, update, ETags.expected(headers), caller, session));
        return ETags.answer(webhook.revision(), webhook);
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.WEBHOOKS_MANAGE)
    public void delete(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> webhooks.delete(id, ETags.expected(headers), caller, session));
    }

    @POST
    @Path("{id}/ping")
    @Scope(Scopes.WEBHOOKS_MANAGE)
    public Response ping(
            @PathParam("id") long id, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(
                caller,
                key,
                "POST " + ROOT + id + "/ping",
                null,
                session -> new Idempotency.Answer(202, null, webhooks.ping(id, caller, session)));
    }

    @GET
    @Path("{id}/deliveries")
    @Scope(Scopes.WEBHOOKS_READ)
    public Response deliveries(@PathParam("id") long id, @BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> {
            webhooks.get(id, session);
            return page.answer(
                    WebhookRows.deliveries(id, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                    () -> WebhookRows.countDeliveries(id, session),
                    WebhookDeliveryPage::new,
                    uri,
                    WebhookDelivery::id);
        });
    }

    @POST
    @Path("{id}/deliveries/{delivery}/redeliver")
    @Scope(Scopes.WEBHOOKS_MANAGE)
    public Response redeliver(
            @PathParam("id") long id, @PathParam("delivery") long deliveryId, @Context Caller caller) {
        return Response.accepted(transactions.call(session -> webhooks.redeliver(id, deliveryId, caller, session)))
                .build();
    }
}
