package dev.slipway.server.composes;

import dev.slipway.api.composes.Compose;
import dev.slipway.server.channels.ChannelSwitch;
import dev.slipway.server.channels.Channels;
import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.PublicationListener;
import dev.slipway.server.publications.Publications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/** The changes of state a compose goes through. Each is announced in the transaction that makes it. */
final class ComposeLife implements PublicationListener {

    private final ComposeRows rows;
    private final ComposeView view;
    private final Publications publications;
    private final Channels channels;
    private final Outbox outbox;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long a compose waits for the signature of its metadata */
    ComposeLife(
            ComposeRows rows,
            ComposeView view,
            Publications publications,
            Channels channels,
            Outbox outbox,
            Duration patience,
            Clock clock) {
        this.rows = rows;
        this.view = view;
        this.publications = publications;
        this.channels = channels;
        this.outbox = outbox;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public void ready(long publicationId, StatelessSession session) {
        rows.lockGenerating(publicationId, session).forEach(compose -> done(compose, publicationId, session));
    }

    @Override
    public void failed(long publicationId, String reason, StatelessSession session) {
        rows.lockGenerating(publicationId, session).forEach(compose -> failed(compose, reason, session));
    }

    /** Settles a compose that was just asked for when its publication is there already. */
    void finishIfReady(StoredCompose compose, StatelessSession session) {
        publications
                .findSet(compose.contentSetId(), compose.type(), compose.options(), compose.signKeyId(), session)
                .filter(publication -> publication.state() == Publication.State.READY)
                .ifPresent(publication -> done(compose, publication.id(), session));
    }

    /** Settles a compose whose publication was made, or could not be; leaves it when signatures are awaited. */
    void settle(long id, long publicationId, StatelessSession session) {
        // in this order everywhere: the publication's row, then the compose's
        Publication publication = publications.hold(publicationId, session).orElse(null);
        StoredCompose compose = rows.lock(id, session)
                .filter(c -> c.state() == Compose.State.GENERATING)
                .orElse(null);
        if (compose == null || publication == null) {
            return;
        }
        switch (publication.state()) {
            case READY -> done(compose, publication.id(), session);
            case FAILED -> failed(compose, String.valueOf(publication.error()), session);
            case SIGNING, PREPARING ->
                Sql.update(
                        session,
                        "update compose set publication_id = ?, state_reason = ?, lease_expires_at = ? where id = ?",
                        publication.id(),
                        "waits for a worker that signs its metadata with " + rows.keyOf(publication.id(), session)
                                + noteOf(compose),
                        clock.instant().plus(patience),
                        id);
        }
    }

    /** Ends a compose that nobody signs for, unless it was signed in this moment. */
    void giveUp(long id, long publicationId, StatelessSession session) {
        Publication publication = publications.hold(publicationId, session).orElse(null);
        StoredCompose compose = rows.lock(id, session)
                .filter(c -> c.state() == Compose.State.GENERATING)
                .orElse(null);
        if (compose != null && publication != null && publication.state() == Publication.State.SIGNING) {
            failed(
                    compose,
                    "nobody signed its metadata with " + rows.keyOf(publicationId, session) + " within "
                            + patience.toMinutes()
                            + " minutes: start a worker that holds the key, then ask for the compose again",
                    session);
        }
    }

    private void done(StoredCompose compose, long publicationId, StatelessSession session) {
        Instant now = clock.instant();
        long channel = channels.create(ComposeView.path(compose.id()), compose.type(), null, session);
        List<String> keys = compose.request().signKeys();
        if (keys != null && !keys.contains("")) {
            channels.setPackageKeys(channel, keys, session);
        }
        channels.switchTo(List.of(new ChannelSwitch(channel, publicationId)), session);
        String reason = compose.reusedId() == null ? "made" : "shares what compose " + compose.reusedId() + " shows";
        Sql.update(
                session,
                """
                update compose set publication_id = ?, channel_id = ?, time_done = ?, lease_expires_at = null,
                    time_started = coalesce(time_started, ?), time_to_expire = ? where id = ?""",
                publicationId,
                channel,
                now,
                now,
                now.plusSeconds(compose.lifetimeSeconds()),
                compose.id());
        change(compose.id(), Compose.State.DONE, reason + noteOf(compose), session);
    }

    /** Ends a compose that cannot be made. It is kept for its lifetime, so that its owner learns why. */
    void failed(StoredCompose compose, String reason, StatelessSession session) {
        Instant now = clock.instant();
        Sql.update(session, """
                update compose set publication_id = null, time_done = ?, lease_expires_at = null, time_to_expire = ?
                where id = ?""", now, now.plusSeconds(compose.lifetimeSeconds()), compose.id());
        change(compose.id(), Compose.State.FAILED, reason, session);
    }

    /** Takes a compose away. Its publication goes when nobody else holds it. */
    void remove(StoredCompose compose, String by, String reason, StatelessSession session) {
        Sql.update(session, """
                update compose set publication_id = null, channel_id = null, lease_expires_at = null, time_removed = ?,
                    removed_by = ? where id = ?""", clock.instant(), by, compose.id());
        if (compose.channelId() != null) {
            channels.remove(compose.channelId(), session);
        }
        change(compose.id(), Compose.State.REMOVED, reason, session);
    }

    private void change(long id, Compose.State state, String reason, StatelessSession session) {
        rows.setState(id, state, reason, session);
        announce(rows.find(id, session).orElseThrow(), session);
    }

    /** Tells everyone who listens what a compose has become. */
    void announce(StoredCompose compose, StatelessSession session) {
        outbox.announce(session, "compose." + compose.state().word(), "compose", compose.id(), view.of(compose));
    }

    /** What the request's answer said about a capped lifetime stays readable. */
    private static String noteOf(StoredCompose compose) {
        return Lifetime.noteIn(compose.stateReason());
    }
}
