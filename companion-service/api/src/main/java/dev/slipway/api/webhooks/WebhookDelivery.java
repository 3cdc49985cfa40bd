package dev.slipway.api.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one webhook.
 *
 * @param eventId the event's id in the stream of events; absent for a ping
 * @param state pending, delivered or failed
 * @param nextAttemptAt when it is tried next; absent once it is settled
 * @param attempts the newest tries, newest first
 */
public record WebhookDelivery(
        long id,
        long webhookId,
        @Nullable Long eventId,
        String eventType,
        String state,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        List<Attempt> attempts) {

    /**
     * One try.
     *
     * @param durationMs absent while it runs, and when the service did not survive it
     * @param status the HTTP status of the answer; absent when there was none
     * @param error why it does not count as taken
     * @param response the beginning of the answer's body
     */
    public record Attempt(
            int number,
            Instant startedAt,
            @Nullable Integer durationMs,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String response) {}
}
