package dev.slipway.server.events;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.http.Asker;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Streams;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;

/** The stream of events: from now on, or, with Last-Event-ID, from where a reader was cut off. */
@Path("/api/v1/events")
public final class EventsResource {
    private final Events events;
    private final Streams streams;

    public EventsResource(Events events, Streams streams) {
        this.events = events;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Scope(Scopes.EVENTS_READ)
    public void stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastId,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context Asker reader) {
        long start = lastId == null ? events.newest() : place(lastId);
        streams.open(reader, sink, sse, Dispatcher.TOPIC, Notifications.ANYTHING, start, events::after);
    }

    /** The head of what {@link #stream} answers. A method of its own, since Jersey would hold a stream open for it. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Scope(Scopes.EVENTS_READ)
    public Response head(@HeaderParam("Last-Event-ID") @Nullable String lastId) {
        if (lastId != null) {
            place(lastId);
        }
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    private static long place(String eventId) {
        if (!eventId.matches("[0-9]{1,18}")) {
            throw ProblemException.badRequest("Last-Event-ID is not the id of an event of this stream");
        }
        return Long.parseLong(eventId);
    }
}
