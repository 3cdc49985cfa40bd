package dev.slipway.server.webhooks;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.api.webhooks.WebhookRequest;
import dev.slipway.api.webhooks.WebhookUpdate;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.function.LongConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What callers do with webhooks. Methods take part in their caller's transaction. */
final class Webhooks {
    private static final String PREFIX = "whs_";
    private static final int SECRET_BYTES = 32;
    private static final int MOST_WEBHOOKS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Targets targets;
    private final SecretBox box;
    private final Deliveries deliveries;
    private final Audit audit;

    Webhooks(Clock clock, Targets targets, SecretBox box, Deliveries deliveries, Audit audit) {
        this.clock = clock;
        this.targets = targets;
        this.box = box;
        this.deliveries = deliveries;
        this.audit = audit;
    }

    /** Makes a webhook, which is told of the events from now on, and has it sent a ping. The answer holds its secret. */
    Webhook create(WebhookRequest request, Caller caller, StatelessSession session) {
        mayHear(caller);
        WebhookCheck.values(targets, request.name(), request.url(), request.eventTypes(), request.secret());
        if (WebhookRows.count(session) >= MOST_WEBHOOKS) {
            throw ProblemException.conflict("there are " + MOST_WEBHOOKS + " webhooks already: delete one first");
        }
        String secret = request.secret() != null ? request.secret() : newSecret();
        long id = Sql.number(
                session,
                """
                insert into webhook (owner_id, name, url, event_types, secret, read_up_to, created_at)
                values (?, ?, ?, ?, ?, (select coalesce(max(sequence), 0) from outbox_event), ?) returning id""",
                caller.userId(),
                request.name(),
                request.url(),
                request.eventTypes() == null ? List.of() : request.eventTypes(),
                box.seal(secret),
                clock.instant());
        Webhook made = get(id, session);
        audit.record(session, caller, "create", "webhook", id, null, made);
        deliveries.ping(id, made.name(), session);
        return made.withSecret(secret);
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A webhook reads events, so nobody makes one who may not read them. */
    private static void mayHear(Caller caller) {
        if (!caller.may(Scopes.EVENTS_READ)) {
            throw ProblemException.forbidden(
                    "a webhook is told of events: this needs the scope " + Scopes.EVENTS_READ + " too");
        }
    }

    Webhook get(long id, StatelessSession session) {
        return WebhookRows.find(id, session).orElseThrow(() -> ProblemException.notFound("webhook", id));
    }

    /**
     * Changes what the update gives.
     *
     * @param expected refuses the current revision when it is not the one that the caller has seen
     */
    Webhook update(long id, WebhookUpdate update, LongConsumer expected, Caller caller, StatelessSession session) {
        mayHear(caller);
        Webhook before = WebhookRows.lock(id, session).orElseThrow(() -> ProblemException.notFound("webhook", id));
        expected.accept(before.revision());
        if (update.revision() != null && update.revision() != before.revision()) {
            throw ProblemException.conflict("the webhook is at revision " + before.revision() + " now")
                    .with("revision", before.revision());
        }
        WebhookCheck.values(targets, update.name(), update.url(), update.eventTypes(), update.secret());
        boolean active = update.active() == null ? before.active() : update.active();
        boolean revived = active && !before.active();
        Sql.update(
                session,
                """
                update webhook set name = ?, url = ?, event_types = ?, active = ?, secret = coalesce(?, secret),
                       disabled_reason = case when ? then null else disabled_reason end,
                       failures = case when ? then 0 else failures end,
                       failing_since = case when ? then null else failing_since end,
                       read_up_to = case when ? then (select coalesce(max(sequence), 0) from outbox_event)
                                         else read_up_to end,
                       revision = revision + 1
                 where id = ?""",
                or(update.name(), before.name()),
                or(update.url(), before.url()),
                or(update.eventTypes(), before.eventTypes()),
                active,
                update.secret() == null ? null : box.seal(update.secret()),
                revived,
                revived,
                revived,
                revived,
                id);
        if (!active && before.active()) {
            deliveries.giveUp(id, session);
        }
        Webhook after = get(id, session);
        audit.record(session, caller, "update", "webhook", id, before, after);
        return after;
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    void delete(long id, LongConsumer expected, Caller caller, StatelessSession session) {
        Webhook before = WebhookRows.lock(id, session).orElseThrow(() -> ProblemException.notFound("webhook", id));
        expected.accept(before.revision());
        Sql.update(session, "delete from webhook where id = ?", id);
        audit.record(session, caller, "delete", "webhook", id, before, null);
    }

    /** Sends a webhook a ping, to see whether it takes it. */
    WebhookDelivery ping(long id, Caller caller, StatelessSession session) {
        Webhook webhook = active(id, session);
        WebhookDelivery sent = delivery(id, deliveries.ping(id, webhook.name(), session), session);
        audit.record(session, caller, "ping", "webhook", id, null, sent);
        return sent;
    }

    /** Sends a delivery again: the same bytes, signed anew. */
    WebhookDelivery redeliver(long id, long deliveryId, Caller caller, StatelessSession session) {
        active(id, session);
        delivery(id, deliveryId, session);
        deliveries.again(deliveryId, session);
        WebhookDelivery sent = delivery(id, deliveryId, session);
        audit.record(session, caller, "redeliver", "webhook", id, null, sent);
        return sent;
    }

    private static Webhook active(long id, StatelessSession session) {
        Webhook webhook = WebhookRows.lock(id, session).orElseThrow(() -> ProblemException.notFound("webhook", id));
        if (!webhook.active()) {
            throw ProblemException.conflict("webhook " + id + " is switched off: make it active first");
        }
        return webhook;
    }

    private static WebhookDelivery delivery(long id, long deliveryId, StatelessSession session) {
        return WebhookRows.delivery(id, deliveryId, session)
                .orElseThrow(() -> ProblemException.notFound("delivery", deliveryId));
    }
}
