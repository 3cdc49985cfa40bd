package dev.slipway.api.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of events.
 *
 * @param owner the user who made it
 * @param eventTypes the types of events it is told of; of every one when empty
 * @param disabledReason why the service stopped telling it; absent while it is active or when a person switched it off
 * @param failingSince when the first attempt failed since the last delivery that was taken
 * @param secret what its deliveries are signed with; in the answer that made it alone
 */
public record Webhook(
        long id,
        String name,
        String url,
        List<String> eventTypes,
        boolean active,
        @Nullable String disabledReason,
        @Nullable Instant failingSince,
        String owner,
        int revision,
        Instant createdAt,
        @Nullable String secret) {

    /** As it is shown after its first answer. */
    public Webhook withoutSecret() {
        return withSecret(null);
    }

    public Webhook withSecret(@Nullable String text) {
        return new Webhook(
                id, name, url, eventTypes, active, disabledReason, failingSince, owner, revision, createdAt, text);
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "Webhook[" + id + ", " + name + "]";
    }
}
