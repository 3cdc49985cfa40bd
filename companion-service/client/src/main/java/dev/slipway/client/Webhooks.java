package dev.slipway.client;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.api.webhooks.WebhookRequest;
import dev.slipway.api.webhooks.WebhookUpdate;
import dev.slipway.client.http.Api;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom the companion tells of events over HTTP. */
public final class Webhooks {
    private final Api api;

    Webhooks(Api api) {
        this.api = api;
    }

    /** Makes a webhook; the answer alone holds its secret, and not the repeated one of the same key. */
    public Webhook create(WebhookRequest request, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "webhooks", "")
                .json(request)
                .idempotencyKey(idempotencyKey)
                .as(Webhook.class);
    }

    public Webhook get(long id) throws IOException {
        return api.request("GET", "webhooks", id, "").as(Webhook.class);
    }

    /** Webhooks by id; the companion caps the list. */
    public List<Webhook> list() throws IOException {
        return api.request("GET", "webhooks", "").as(new TypeReference<List<Webhook>>() {});
    }

    public Webhook update(long id, WebhookUpdate update) throws IOException {
        return api.request("PATCH", "webhooks", id, "").json(update).as(Webhook.class);
    }

    public void delete(long id) throws IOException {
        api.request("DELETE", "webhooks", id, "").repeatable().send();
    }

    /** Sends a ping. */
    public WebhookDelivery ping(long id, @Nullable String idempotencyKey) throws IOException {
        return api.request("POST", "webhooks", id, "ping")
                .idempotencyKey(idempotencyKey)
                .as(WebhookDelivery.class);
    }

    /** What a webhook was told, newest first; the companion caps the list. */
    public List<WebhookDelivery> deliveries(long id) throws IOException {
        return api.request("GET", "webhooks", id, "deliveries").as(new TypeReference<List<WebhookDelivery>>() {});
    }

    /** Sends a delivery again. */
    public WebhookDelivery redeliver(long id, long deliveryId) throws IOException {
        return api.request("POST", "webhooks", id, "deliveries", deliveryId, "redeliver")
                .repeatable()
                .as(WebhookDelivery.class);
    }
}
