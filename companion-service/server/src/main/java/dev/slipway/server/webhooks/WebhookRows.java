package dev.slipway.server.webhooks;

import dev.slipway.api.webhooks.Webhook;
import dev.slipway.api.webhooks.WebhookDelivery;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Reads webhooks and deliveries as they are shown. */
final class WebhookRows {
    private static final int MOST_ATTEMPTS = 20;
    private static final String SELECT = "select w.id, w.name, w.url, w.event_types, w.active, w.disabled_reason,"
            + " w.failing_since, u.username, w.revision, w.created_at from webhook w join app_user u on u.id = w.owner_id";
    private static final String SELECT_DELIVERY = "select d.id, d.webhook_id, d.event_id, d.event_type, d.state,"
            + " d.created_at, d.due_at, d.finished_at from webhook_delivery d";

    private WebhookRows() {}

    static Optional<Webhook> find(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where w.id = ?", WebhookRows::webhook, id);
    }

    static Optional<Webhook> lock(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where w.id = ? for no key update of w", WebhookRows::webhook, id);
    }

    /** By id. */
    static List<Webhook> list(long after, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + " where w.id > ? order by w.id offset ? limit ?",
                WebhookRows::webhook,
                after,
                offset,
                limit);
    }

    static long count(StatelessSession session) {
        return Sql.number(session, "select count(*) from webhook");
    }

    private static Webhook webhook(Row row) throws SQLException {
        return new Webhook(
                row.number("id"),
                row.text("name"),
                row.text("url"),
                row.texts("event_types"),
                row.flag("active"),
                row.textOrNull("disabled_reason"),
                row.instantOrNull("failing_since"),
                row.text("username"),
                row.integer("revision"),
                row.instant("created_at"),
                null);
    }

    /** A webhook's deliveries, newest first. */
    static List<WebhookDelivery> deliveries(
            long webhookId, long before, long offset, int limit, StatelessSession session) {
        return withAttempts(
                Sql.list(
                        session,
                        SELECT_DELIVERY + " where d.webhook_id = ? and d.id < ? order by d.id desc offset ? limit ?",
                        WebhookRows::delivery,
                        webhookId,
                        before,
                        offset,
                        limit),
                session);
    }

    static long countDeliveries(long webhookId, StatelessSession session) {
        return Sql.number(session, "select count(*) from webhook_delivery where webhook_id = ?", webhookId);
    }

    static Optional<WebhookDelivery> delivery(long webhookId, long id, StatelessSession session) {
        List<WebhookDelivery> found = Sql.list(
                session,
                SELECT_DELIVERY + " where d.webhook_id = ? and d.id = ?",
                WebhookRows::delivery,
                webhookId,
                id);
        return withAttempts(found, session).stream().findFirst();
    }

    private static List<WebhookDelivery> withAttempts(List<WebhookDelivery> bare, StatelessSession session) {
        Map<Long, List<WebhookDelivery.Attempt>> attempts = new HashMap<>();
        Sql.each(
                session,
                """
                select * from (
                    select delivery_id, number, started_at, duration_ms, status, error, response,
                           row_number() over (partition by delivery_id order by number desc) as newest
                      from webhook_attempt where delivery_id = any(?)) a
                 where newest <= ? order by delivery_id, number desc""",
                row -> attempts.computeIfAbsent(row.number("delivery_id"), id -> new ArrayList<>())
                        .add(attempt(row)),
                bare.stream().map(WebhookDelivery::id).toList(),
                MOST_ATTEMPTS);
        return bare.stream()
                .map(each -> new WebhookDelivery(
                        each.id(),
                        each.webhookId(),
                        each.eventId(),
                        each.eventType(),
                        each.state(),
                        each.createdAt(),
                        each.nextAttemptAt(),
                        each.finishedAt(),
                        attempts.getOrDefault(each.id(), List.of())))
                .toList();
    }

    private static WebhookDelivery.Attempt attempt(Row row) throws SQLException {
        return new WebhookDelivery.Attempt(
                row.integer("number"),
                row.instant("started_at"),
                row.integerOrNull("duration_ms"),
                row.integerOrNull("status"),
                row.textOrNull("error"),
                row.textOrNull("response"));
    }

    private static WebhookDelivery delivery(Row row) throws SQLException {
        return new WebhookDelivery(
                row.number("id"),
                row.number("webhook_id"),
                row.numberOrNull("event_id"),
                row.text("event_type"),
                row.text("state"),
                row.instant("created_at"),
                row.instantOrNull("due_at"),
                row.instantOrNull("finished_at"),
                List.of());
    }
}
