package dev.slipway.server.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.Streams;
import java.util.List;

/** Reads dispatched events in their order. */
public final class Events {
    private static final int BATCH = 100;

    private final Transactions transactions;

    public Events(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The newest event's place in the order; 0 when there is none. */
    long newest() {
        return transactions.read(session -> Sql.number(session, "select coalesce(max(sequence), 0) from outbox_event"));
    }

    /** The next events behind a place. */
    Streams.Batch after(long cursor) {
        List<Event> events = transactions.read(session -> Sql.list(
                session,
                "select sequence, at, type, subject_kind, subject_id, payload from outbox_event"
                        + " where sequence > ? order by sequence limit ?",
                row -> new Event(
                        row.number("sequence"),
                        row.instant("at"),
                        row.text("type"),
                        row.text("subject_kind"),
                        row.number("subject_id"),
                        row.json("payload")),
                cursor,
                BATCH));
        long next = events.isEmpty() ? cursor : events.get(events.size() - 1).id();
        return new Streams.Batch(events.stream().map(Events::item).toList(), next, false);
    }

    private static Streams.Item item(Event event) {
        try {
            return new Streams.Item(
                    String.valueOf(event.id()), event.type(), Json.mapper().writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }
}
