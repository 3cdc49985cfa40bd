package dev.slipway.server.channels;

import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.repositories.RepositoryType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The served names: makes them, and switches what they show. */
public final class Channels {

    /** Topic of the wake-up after a switch. */
    static final String TOPIC = "channel";

    /** Topic of the wake-up when something is wanted. */
    static final String WANTED = "channel-wanted";

    private static final String COLUMNS = "id, path, type, repository_id, publication_id, switched_at";

    private final Clock clock;
    private final Transactions transactions;
    private final List<Runnable> onSwitch = new ArrayList<>();

    public Channels(Clock clock, Transactions transactions) {
        this.clock = clock;
        this.transactions = transactions;
    }

    /** Runs {@code hook} behind every commit of this process that switched or removed channels; part of the wiring. */
    void onSwitch(Runnable hook) {
        onSwitch.add(hook);
    }

    private void announce(StatelessSession session) {
        Notifications.send(session, TOPIC, Notifications.ANYTHING);
        transactions.afterCommit(() -> onSwitch.forEach(Runnable::run));
    }

    /**
     * Makes a channel that shows nothing yet.
     *
     * @throws dev.slipway.server.http.ProblemException 422 when the path cannot be one, 409 when it is taken, or lies above or
     *     below one that is
     */
    public long create(String path, RepositoryType type, @Nullable Long repositoryId, StatelessSession session) {
        if (!ChannelPath.isValid(path)) {
            throw ChannelProblems.badPath(path);
        }
        Sql.list(session, "select pg_advisory_xact_lock(hashtext('slipway.channel'))", row -> 0);
        List<String> above = ChannelPath.candidates(path + "/");
        Sql.one(
                        session,
                        "select path from channel where path = any(?) or starts_with(path, ?) order by path limit 1",
                        row -> row.text("path"),
                        above,
                        path + "/")
                .ifPresent(taken -> {
                    throw ChannelProblems.taken(path, taken);
                });
        return Sql.number(
                session,
                "insert into channel (path, type, repository_id) values (?, ?, ?) returning id",
                path,
                type.word(),
                repositoryId);
    }

    /** Notes the keys that the packages of a channel are signed with, for the configuration that clients get. */
    public void setPackageKeys(long id, List<String> keyIds, StatelessSession session) {
        Sql.update(session, "update channel set package_keys = ? where id = ?", keyIds, id);
    }

    /** Takes a channel away, with all that it ever showed. */
    public void remove(long id, StatelessSession session) {
        Sql.update(session, "delete from channel where id = ?", id);
        announce(session);
    }

    /** The channel of that id, if there is one. */
    public Optional<Channel> find(long id, StatelessSession session) {
        return Sql.one(session, "select " + COLUMNS + " from channel where id = ?", Channels::read, id);
    }

    /** The channel of that path, if there is one. */
    public Optional<Channel> find(String path, StatelessSession session) {
        return Sql.one(session, "select " + COLUMNS + " from channel where path = ?", Channels::read, path);
    }

    /** The channels that show these repositories' versions, by repository id. */
    public Map<Long, Channel> ofRepositories(Collection<Long> repositoryIds, StatelessSession session) {
        return Sql.list(
                        session,
                        "select " + COLUMNS + " from channel where repository_id = any(?::bigint[])",
                        Channels::read,
                        repositoryIds)
                .stream()
                .collect(Collectors.toMap(Channels::repositoryOf, Function.identity()));
    }

    /**
     * Wants a repository's channel to show a version as soon as its metadata is made, and signed where it is to be. {@link
     * Publisher} does it after the commit, also when the process dies in between.
     */
    public void want(long repositoryId, int version, StatelessSession session) {
        Notifications.send(session, WANTED, Notifications.ANYTHING);
        Sql.update(session, """
                update channel set wanted_version = ?, pending_id = null
                where repository_id = ? and (wanted_version is null or wanted_version <> ?)""", version, repositoryId, version);
    }

    /**
     * Switches channels, all in the session's transaction: clients see all of the new or all of the old. What was shown stays
     * reachable for the grace time. A channel that shows the publication already is left alone.
     *
     * @throws IllegalArgumentException when a channel or publication is unknown, does not fit, or is not ready: nothing may be
     *     shown that is not whole
     */
    public void switchTo(List<ChannelSwitch> switches, StatelessSession session) {
        List<ChannelSwitch> ordered = switches.stream()
                .sorted(Comparator.comparingLong(ChannelSwitch::channelId))
                .toList();
        Map<Long, Channel> channels = Sql.list(
                        session,
                        "select " + COLUMNS + " from channel where id = any(?::bigint[]) order by id for update",
                        Channels::read,
                        ordered.stream().map(ChannelSwitch::channelId).toList())
                .stream()
                .collect(Collectors.toMap(Channel::id, Function.identity()));
        Instant now = clock.instant();
        boolean switched = false;
        for (ChannelSwitch wanted : ordered) {
            Channel channel = channels.get(wanted.channelId());
            if (channel == null) {
                throw new IllegalArgumentException("no channel has the id " + wanted.channelId());
            }
            switched |= switchOne(channel, wanted.publicationId(), now, session);
        }
        if (switched) {
            announce(session);
        }
    }

    private boolean switchOne(Channel channel, long publicationId, Instant now, StatelessSession session) {
        Shown shown = Sql.one(
                        session,
                        """
                        select type, state, repository_id, version from publication where id = ? for key share""",
                        row -> new Shown(
                                row.text("type"),
                                row.text("state"),
                                row.numberOrNull("repository_id"),
                                row.integerOrNull("version")),
                        publicationId)
                .orElseThrow(() -> new IllegalArgumentException("no publication has the id " + publicationId));
        shown.mustFit(channel, publicationId);
        Sql.update(session, """
                update channel set wanted_version = null, pending_id = null
                where id = ? and wanted_version <= ?""", channel.id(), shown.version());
        if (Long.valueOf(publicationId).equals(channel.publicationId())) {
            return false;
        }
        Sql.update(
                session,
                "update channel_history set until_at = ? where channel_id = ? and until_at is null",
                now,
                channel.id());
        Sql.update(
                session,
                "insert into channel_history (channel_id, publication_id, from_at) values (?, ?, ?)",
                channel.id(),
                publicationId,
                now);
        Sql.update(
                session,
                "update channel set publication_id = ?, switched_at = ? where id = ?",
                publicationId,
                now,
                channel.id());
        return true;
    }

    private record Shown(
            String type,
            String state,
            @Nullable Long repositoryId,
            @Nullable Integer version) {

        void mustFit(Channel channel, long id) {
            if (!state.equals("ready")) {
                throw new IllegalArgumentException("publication " + id + " is " + state + ", not ready");
            }
            boolean sameRepository =
                    channel.repositoryId() == null || channel.repositoryId().equals(repositoryId);
            if (!type.equals(channel.type().word()) || !sameRepository) {
                throw new IllegalArgumentException("publication " + id + " is not one of channel " + channel.path());
            }
        }
    }

    private static Long repositoryOf(Channel channel) {
        Long id = channel.repositoryId();
        if (id == null) {
            throw new IllegalStateException("channel " + channel.path() + " shows no repository");
        }
        return id;
    }

    private static Channel read(Row row) throws SQLException {
        return new Channel(
                row.number("id"),
                row.text("path"),
                RepositoryType.of(row.text("type")),
                row.numberOrNull("repository_id"),
                row.numberOrNull("publication_id"),
                row.instantOrNull("switched_at"));
    }
}
