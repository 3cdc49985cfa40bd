package dev.slipway.api.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new webhook.
 *
 * @param eventTypes the types of events it is to be told of; of every one when absent
 * @param secret what deliveries are to be signed with; made up and answered once when absent
 */
public record WebhookRequest(
        String name,
        String url,
        @Nullable List<String> eventTypes,
        @Nullable String secret) {

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "WebhookRequest[" + name + "]";
    }
}
