package dev.slipway.server.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind deliveries. Each event becomes one delivery of each webhook that wants it, in the transaction that moves
 * the webhook's place in the order of events: a crash can neither lose one nor make two.
 */
final class Deliveries {
    /** The notifications' topic that says that there is something to send. */
    static final String TOPIC = "webhook";

    private static final int BATCH = 500;
    /** A try that has not ended after this time will not: the companion that made it is gone. */
    private static final Duration LEASE = WebhookSettings.PATIENCE.multipliedBy(3);

    private static final String INSERT = "insert into webhook_delivery"
            + " (webhook_id, event_id, event_type, body, state, due_at, created_at) values (?, ?, ?, ?, 'pending', ?, ?)";

    /**
     * A delivery that is to be tried now.
     *
     * @param number the try's
     * @param tries how many tries there were with this one since it was made or asked for again
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Due(
            long id,
            long webhookId,
            String url,
            byte[] secret,
            @Nullable Long eventId,
            String eventType,
            String body,
            int number,
            int tries) {}

    private record Reader(long id, List<String> types, long readUpTo) {}

    private record Event(long id, String type, String body) {}

    private final Clock clock;
    private final WebhookSettings settings;

    Deliveries(Clock clock, WebhookSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Makes deliveries of the events that one webhook has not been told of yet; false when none has any. */
    boolean readOn(StatelessSession session) {
        Reader reader = Sql.one(
                        session,
                        """
                        select w.id, w.event_types, w.read_up_to from webhook w
                         where w.active and exists (select 1 from outbox_event e where e.sequence > w.read_up_to)
                         order by w.id limit 1 for update skip locked""",
                        row -> new Reader(row.number("id"), row.texts("event_types"), row.number("read_up_to")))
                .orElse(null);
        if (reader == null) {
            return false;
        }
        Instant now = clock.instant();
        List<Event> events = Sql.list(
                session,
                "select sequence, at, type, subject_kind, subject_id, payload from outbox_event where sequence > ?"
                        + " order by sequence limit ?",
                Deliveries::event,
                reader.readUpTo(),
                BATCH);
        Sql.batch(
                session,
                INSERT,
                events.stream()
                        .filter(event ->
                                reader.types().isEmpty() || reader.types().contains(event.type()))
                        .map(event ->
                                new @Nullable Object[] {reader.id(), event.id(), event.type(), event.body(), now, now})
                        .toList());
        Sql.update(
                session,
                "update webhook set read_up_to = ? where id = ?",
                events.get(events.size() - 1).id(),
                reader.id());
        return true;
    }

    private static Event event(Row row) throws SQLException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", row.number("sequence"));
        members.put("at", row.instant("at"));
        members.put("type", row.text("type"));
        members.put("kind", row.text("subject_kind"));
        members.put("subject_id", row.number("subject_id"));
        members.put("payload", row.json("payload"));
        return new Event(row.number("sequence"), row.text("type"), json(members));
    }

    /** Has a webhook told that it exists; the delivery's id. */
    long ping(long webhookId, String name, StatelessSession session) {
        Instant now = clock.instant();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", now);
        members.put("type", "ping");
        members.put("kind", "webhook");
        members.put("subject_id", webhookId);
        members.put("payload", Map.of("webhook", name));
        long id = Sql.number(session, INSERT + " returning id", webhookId, null, "ping", json(members), now, now);
        wake(session);
        return id;
    }

    private static String json(Map<String, Object> members) {
        try {
            return Json.mapper().writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }

    /** Has a delivery tried again from the beginning, whatever became of it. */
    void again(long deliveryId, StatelessSession session) {
        Sql.update(
                session,
                "update webhook_delivery set state = 'pending', tries = 0, due_at = ?, finished_at = null where id = ?",
                clock.instant(),
                deliveryId);
        wake(session);
    }

    static void wake(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
    }

    /**
     * Takes deliveries that are due, few of each webhook so that a slow one holds up itself alone. Each is due again later
     * in case its try never ends.
     */
    List<Due> claim(int limit, int ofEach, StatelessSession session) {
        Instant now = clock.instant();
        List<Due> due = Sql.list(
                session,
                """
                with picked as (
                    select d.id, w.url, w.secret
                      from webhook w
                     cross join lateral (
                           select id from webhook_delivery
                            where webhook_id = w.id and state = 'pending' and due_at <= ?
                            order by due_at, id limit ? for update skip locked) d
                     where w.active limit ?)
                update webhook_delivery d set tries = d.tries + 1, due_at = ? from picked p where d.id = p.id
                returning d.id, d.webhook_id, p.url, p.secret, d.event_id, d.event_type, d.body, d.tries,
                          (select coalesce(max(a.number), 0) + 1 from webhook_attempt a where a.delivery_id = d.id) as number
                """,
                row -> new Due(
                        row.number("id"),
                        row.number("webhook_id"),
                        row.text("url"),
                        row.bytes("secret"),
                        row.numberOrNull("event_id"),
                        row.text("event_type"),
                        row.text("body"),
                        row.integer("number"),
                        row.integer("tries")),
                now,
                ofEach,
                limit,
                now.plus(LEASE));
        Sql.batch(
                session,
                "update webhook_attempt set error = 'the service ended during this try'"
                        + " where delivery_id = ? and duration_ms is null and error is null",
                due.stream().map(each -> new @Nullable Object[] {each.id()}).toList());
        Sql.batch(
                session,
                "insert into webhook_attempt (delivery_id, number, started_at) values (?, ?, ?)",
                due.stream()
                        .map(each -> new @Nullable Object[] {each.id(), each.number(), now})
                        .toList());
        return due;
    }

    /** Writes down what became of a try, and whether there is to be another. */
    void record(Due due, HookSender.Outcome outcome, Duration took, StatelessSession session) {
        Sql.update(
                session,
                "update webhook_attempt set duration_ms = ?, status = ?, error = ?, response = ?"
                        + " where delivery_id = ? and number = ?",
                (int) took.toMillis(),
                outcome.status(),
                storable(outcome.error()),
                storable(outcome.response()),
                due.id(),
                due.number());
        Instant now = clock.instant();
        if (outcome.isTaken()) {
            settle(due.id(), "delivered", now, session);
        } else if (due.tries() >= settings.attempts()) {
            settle(due.id(), "failed", now, session);
        } else {
            Duration pause = settings.pauseAfter(due.tries());
            Duration advice = outcome.retryAfter();
            Sql.update(
                    session,
                    "update webhook_delivery set due_at = ? where id = ? and state = 'pending'",
                    now.plus(advice != null && advice.compareTo(pause) > 0 ? advice : pause),
                    due.id());
        }
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', ' ');
    }

    private static void settle(long id, String state, Instant now, StatelessSession session) {
        Sql.update(
                session,
                "update webhook_delivery set state = ?, due_at = null, finished_at = ? where id = ?",
                state,
                now,
                id);
    }

    /** Gives up what a webhook has not taken yet. */
    void giveUp(long webhookId, StatelessSession session) {
        Sql.update(
                session,
                "update webhook_delivery set state = 'failed', due_at = null, finished_at = ?"
                        + " where webhook_id = ? and state = 'pending'",
                clock.instant(),
                webhookId);
    }

    /** Forgets deliveries that were settled long ago. */
    void prune(StatelessSession session) {
        Sql.update(
                session,
                "delete from webhook_delivery where finished_at < ?",
                clock.instant().minus(settings.kept()));
    }
}
