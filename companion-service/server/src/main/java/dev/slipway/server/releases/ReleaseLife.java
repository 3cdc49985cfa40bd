package dev.slipway.server.releases;

import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.identity.Audit;
import java.time.Clock;
import java.util.Map;
import org.hibernate.StatelessSession;

/** The changes of a release's status; each takes part in its caller's transaction, the release's row locked. */
final class ReleaseLife {

    /** The topic of the wake-up when a commit has something to do. */
    static final String TOPIC = "release";

    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    ReleaseLife(Outbox outbox, Audit audit, Clock clock) {
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    void started(StoredRelease release, StatelessSession session) {
        Sql.update(session, """
                update release set status = 2, phase = 'preparing', error = null, attempts = 0, lease_expires_at = null,
                    revision = revision + 1 where id = ?""", release.id());
        announce("release.started", release, session);
        wake(session);
    }

    void entered(StoredRelease release, Phase phase, StatelessSession session) {
        Sql.update(session, """
                update release set phase = ?, attempts = 0, lease_expires_at = null, revision = revision + 1 where id = ?""", phase.word(), release.id());
        announce("release." + phase.word(), release, session);
        wake(session);
    }

    void completed(StoredRelease release, StatelessSession session) {
        Sql.update(session, """
                update release set status = 3, phase = null, error = null, lease_expires_at = null, committed_at = ?,
                    revision = revision + 1 where id = ?""", clock.instant(), release.id());
        Sql.update(
                session,
                "update build set released = true, revision = revision + 1 where id = any(?::bigint[])",
                release.builds());
        audit.recordOwn(session, "complete", "release", release.id(), null, release.facts());
        announce("release.completed", release, session);
    }

    /** Ends a commit of which nothing was seen; it can be tried again. */
    void failed(StoredRelease release, String reason, StatelessSession session) {
        Sql.update(session, "delete from release_target where release_id = ?", release.id());
        Sql.update(session, """
                update release set status = 4, phase = null, error = ?, lease_expires_at = null, revision = revision + 1
                where id = ?""", oneLine(reason), release.id());
        audit.recordOwn(session, "fail", "release", release.id(), null, Map.of("error", oneLine(reason)));
        announce("release.failed", release, session);
    }

    void reverted(StoredRelease release, StatelessSession session) {
        Sql.update(session, """
                update release set status = 5, reverted_at = ?, revision = revision + 1 where id = ?""", clock.instant(), release.id());
        Sql.update(session, """
                update build b set released = false, revision = revision + 1
                where b.id = any(?::bigint[]) and not exists (select from release_build rb join release r on r.id = rb.release_id
                    where rb.build_id = b.id and r.status = 3)""", release.builds());
        announce("release.reverted", release, session);
    }

    private static void wake(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
    }

    private void announce(String type, StoredRelease release, StatelessSession session) {
        outbox.announce(session, type, "release", release.id(), release.facts());
    }

    private static String oneLine(String reason) {
        return reason.replaceAll("\\s+", " ").strip();
    }
}
