package dev.slipway.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One event as readers of the stream see it, in the {@code data} of a server-sent event named by its type. */
record Event(long id, Instant at, String type, String kind, long subjectId, JsonNode payload) {}
