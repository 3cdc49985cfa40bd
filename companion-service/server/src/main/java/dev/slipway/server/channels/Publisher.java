package dev.slipway.server.channels;

import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.PublicationListener;
import dev.slipway.server.publications.Publications;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.hibernate.StatelessSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings channels to the versions they are wanted to show ({@link Channels#want}). Safe to be killed at any moment: what
 * is wanted stays noted until it is shown.
 */
public final class Publisher implements PublicationListener {

    /** After which a publication that failed is tried again. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Transactions transactions;
    private final Publications publications;
    private final Channels channels;
    private final Clock clock;

    public Publisher(Transactions transactions, Publications publications, Channels channels, Clock clock) {
        this.transactions = transactions;
        this.publications = publications;
        this.channels = channels;
        this.clock = clock;
    }

    private record Wanted(long channelId, String path, long repositoryId, int version) {}

    /** Does all that is wanted now. */
    public void publish() {
        List<Wanted> all = transactions.read(session -> Sql.list(
                session,
                """
                select c.id, c.path, c.repository_id, c.wanted_version from channel c
                left join publication p on p.id = c.pending_id
                where c.wanted_version is not null
                  and (p.id is null or p.state = 'ready' or (p.state <> 'signing' and p.touched_at < ?))
                order by c.id""",
                row -> new Wanted(
                        row.number("id"), row.text("path"), row.number("repository_id"), row.integer("wanted_version")),
                clock.instant().minus(PAUSE)));
        for (Wanted wanted : all) {
            try {
                publish(wanted);
            } catch (RuntimeException e) {
                LOG.warn("channel {} could not be brought to version {}", wanted.path(), wanted.version(), e);
            }
        }
    }

    /**
     * Does what is wanted of these repositories before it returns; what needs signatures is shown once they are there. Not to
     * be called in a transaction.
     */
    public void publish(Collection<Long> repositoryIds) {
        List<Wanted> all = transactions.read(session -> Sql.list(
                session,
                """
                select id, path, repository_id, wanted_version from channel
                where repository_id = any(?::bigint[]) and wanted_version is not null order by id""",
                row -> new Wanted(
                        row.number("id"), row.text("path"), row.number("repository_id"), row.integer("wanted_version")),
                repositoryIds));
        all.forEach(this::publish);
    }

    private void publish(Wanted wanted) {
        Publication publication = publications.prepare(wanted.repositoryId(), wanted.version());
        transactions.run(session -> settle(wanted, publication.id(), session));
    }

    private void settle(Wanted wanted, long publicationId, StatelessSession session) {
        Publication publication = publications.hold(publicationId, session).orElse(null);
        if (publication == null) {
            return;
        }
        boolean current = Sql.update(
                        session,
                        "update channel set pending_id = ? where id = ? and wanted_version = ?",
                        publicationId,
                        wanted.channelId(),
                        wanted.version())
                > 0;
        if (current && publication.state() == Publication.State.READY) { // else something newer is wanted by now
            channels.switchTo(List.of(new ChannelSwitch(wanted.channelId(), publicationId)), session);
        }
    }

    /** Shows what was waited for. */
    @Override
    public void ready(long publicationId, StatelessSession session) {
        List<ChannelSwitch> waiting = Sql.list(
                session,
                "select id from channel where pending_id = ? order by id for update",
                row -> new ChannelSwitch(row.number("id"), publicationId),
                publicationId);
        channels.switchTo(waiting, session);
    }

    /** The channel goes on showing what it showed; it is tried again after a while. */
    @Override
    public void failed(long publicationId, String reason, StatelessSession session) {
        LOG.warn("publication {} failed, what was to show it waits: {}", publicationId, reason);
    }
}
