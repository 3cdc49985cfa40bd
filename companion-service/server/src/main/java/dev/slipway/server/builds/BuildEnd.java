package dev.slipway.server.builds;

import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.StatelessSession;

/** Notices the end of builds: the counter of unfinished tasks reaches zero once, in the lock of the build's row. */
public final class BuildEnd {
    private final List<BuildListener> listeners = new CopyOnWriteArrayList<>();
    private final Outbox outbox;
    private final Clock clock;

    public BuildEnd(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Has a feature told about ends of builds. */
    public void listen(BuildListener listener) {
        listeners.add(listener);
    }

    void taskEnded(long buildId, StatelessSession session) {
        int left = Sql.one(
                        session,
                        "update build set unfinished_tasks = unfinished_tasks - 1 where id = ? returning unfinished_tasks",
                        row -> row.integer("unfinished_tasks"),
                        buildId)
                .orElseThrow();
        if (left > 0) {
            return;
        }
        Sql.update(session, "update build set finished_at = ? where id = ?", clock.instant(), buildId);
        BuildRow build = BuildRow.find(buildId, session).orElseThrow();
        listeners.forEach(listener -> listener.finished(build, session));
        String state = BuildState.of(buildId, session);
        outbox.announce(session, "build.finished", "build", buildId, Map.of("state", state));
    }
}
