package dev.slipway.server.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Streams;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stream of events: from now on, or, with Last-Event-ID, from where a reader was cut off. */
@Path("/api/v1/events")
public final class EventsResource {
    private static final int BATCH = 100;

    private final Transactions transactions;
    private final Streams streams;

    public EventsResource(Transactions transactions, Streams streams) {
        this.transactions = transactions;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Scope(Scopes.EVENTS_READ)
    public void stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastId, @Context SseEventSink sink, @Context Sse sse) {
        streams.open(sink, sse, Dispatcher.TOPIC, Notifications.ANYTHING, start(lastId), this::after);
    }

    private long start(@Nullable String lastId) {
        if (lastId == null) {
            return transactions.read(
                    session -> Sql.number(session, "select coalesce(max(sequence), 0) from outbox_event"));
        }
        try {
            return Long.parseLong(lastId);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("Last-Event-ID is not the id of an event of this stream");
        }
    }

    private Streams.Batch after(long cursor) {
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
        return new Streams.Batch(events.stream().map(EventsResource::item).toList(), next, false);
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
