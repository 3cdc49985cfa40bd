package dev.slipway.api.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a webhook; what is absent stays.
 *
 * @param active whether it is told of events; true begins anew with the events from now on
 * @param secret another secret
 * @param revision the one the change is based on
 */
public record WebhookUpdate(
        @Nullable String name,
        @Nullable String url,
        @Nullable List<String> eventTypes,
        @Nullable String secret,
        @Nullable Boolean active,
        @Nullable Integer revision) {

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "WebhookUpdate[" + name + "]";
    }
}
