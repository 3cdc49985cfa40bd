package dev.slipway.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.time.Clock;
import org.hibernate.StatelessSession;

/** Announces changes: a row written in the transaction that makes the change, delivered after it committed. */
public final class Outbox {
    /** The notifications' topic that says that there are rows to dispatch. */
    public static final String TOPIC = "outbox";

    private final Clock clock;

    public Outbox(Clock clock) {
        this.clock = clock;
    }

    /**
     * Announces a change when the session's transaction commits.
     *
     * @param type what happened, {@code thing.verb}, for example {@code build.finished}
     * @param kind the kind of thing it happened to
     * @param payload what a reader needs to know, shown to everyone who may read events
     */
    public void announce(StatelessSession session, String type, String kind, long id, Object payload) {
        JsonNode json = Json.mapper().valueToTree(payload);
        Sql.update(
                session,
                "insert into outbox_event (at, type, subject_kind, subject_id, payload) values (?, ?, ?, ?, ?)",
                clock.instant(),
                type,
                kind,
                id,
                json);
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
    }
}
