package dev.slipway.server.releases;

import dev.slipway.server.channels.Channels;
import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.publications.PublicationListener;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.repositories.Repositories;
import java.time.Clock;
import java.time.Duration;
import org.hibernate.StatelessSession;

/** Puts together what plans, commits and undoes releases. */
public final class ReleaseFeature {

    /** The topic of the wake-up when a commit has something to do. */
    public static final String TOPIC = ReleaseLife.TOPIC;

    private final ReleasesResource resource;
    private final ReleaseCommit commit;

    /**
     * @param lease after which a commit whose process died is taken up again
     * @param patience how long a commit waits for the signatures of its metadata
     */
    public ReleaseFeature(
            Clock clock,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            Idempotency idempotency,
            Repositories repositories,
            Publications publications,
            Channels channels,
            Duration lease,
            Duration patience) {
        ReleaseRows rows = new ReleaseRows();
        ReleaseTargets targets = new ReleaseTargets();
        ReleaseLife life = new ReleaseLife(outbox, audit, clock);
        Releases releases = new Releases(rows, new Destinations(), new PlanFactsReader(), audit, outbox, clock);
        ReleaseSwitch releaseSwitch = new ReleaseSwitch(repositories, channels, targets, life);
        ReleaseOrders orders = new ReleaseOrders(rows, releases, life, releaseSwitch, audit, outbox, clock);
        resource = new ReleasesResource(transactions, releases, orders, idempotency);
        commit = new ReleaseCommit(
                transactions,
                rows,
                targets,
                releases,
                life,
                releaseSwitch,
                repositories,
                publications,
                lease,
                patience,
                clock);
        publications.listen(new Signed());
    }

    /** The REST resource of releases. */
    public ReleasesResource resource() {
        return resource;
    }

    /** Carries on all commits under way; safe to run in several processes at once. */
    public void commit() {
        commit.run();
    }

    /** Wakes the commit that waits for a publication. */
    private static final class Signed implements PublicationListener {
        @Override
        public void ready(long publicationId, StatelessSession session) {
            if (Sql.exists(
                    session,
                    "select 1 from release_target where from_publication_id = ? or to_publication_id = ? limit 1",
                    publicationId,
                    publicationId)) {
                Notifications.send(session, TOPIC, Notifications.ANYTHING);
            }
        }

        @Override
        public void failed(long publicationId, String reason, StatelessSession session) {
            ready(publicationId, session);
        }
    }
}
