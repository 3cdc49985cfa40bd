package dev.slipway.server.tasks;

import dev.slipway.server.events.Outbox;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hibernate.StatelessSession;

/** Announces what becomes of tasks. */
public final class TaskEvents {
    private final Outbox outbox;

    public TaskEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void ended(TaskRow task, StatelessSession session) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("kind", task.kind());
        payload.put("arch", task.arch());
        payload.put("state", task.state().word());
        if (task.buildId() != null) {
            payload.put("build_id", task.buildId());
        }
        if (task.error() != null) {
            payload.put("error", task.error());
        }
        outbox.announce(session, "task." + task.state().word(), "task", task.id(), payload);
    }
}
