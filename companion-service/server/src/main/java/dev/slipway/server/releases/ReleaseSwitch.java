package dev.slipway.server.releases;

import dev.slipway.server.channels.Channel;
import dev.slipway.server.channels.ChannelSwitch;
import dev.slipway.server.channels.Channels;
import dev.slipway.server.database.Sql;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.repositories.Repositories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which clients see a release, or see what was there before it: all repositories and all channels in the
 * session's transaction. The release's row is locked.
 */
final class ReleaseSwitch {

    private final Repositories repositories;
    private final Channels channels;
    private final ReleaseTargets targets;
    private final ReleaseLife life;

    ReleaseSwitch(Repositories repositories, Channels channels, ReleaseTargets targets, ReleaseLife life) {
        this.repositories = repositories;
        this.channels = channels;
        this.targets = targets;
        this.life = life;
    }

    /** A repository has changed since its next version was drawn up. */
    static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OvertakenException(ReleaseTargets.Target target) {
            super("repository " + target.repository() + " (" + target.arch() + ") has changed in the meantime");
        }
    }

    /** Shows what was prepared. */
    void commit(StoredRelease release, StatelessSession session) {
        List<ReleaseTargets.Target> changed = targets.of(release.id(), session);
        for (ReleaseTargets.Target target : changed) {
            if (!repositories.adopt(target.repositoryId(), target.toVersion(), session)) {
                throw new OvertakenException(target);
            }
            Failpoints.reach("release.adopted");
        }
        show(changed, ReleaseTargets.Target::toPublicationId, session);
        life.completed(release, session);
    }

    /**
     * Shows exactly what was shown before; the repositories get a new version that equals the former one.
     *
     * @throws ProblemException 409 when something else has changed one of the repositories since
     */
    void revert(StoredRelease release, StatelessSession session) {
        List<ReleaseTargets.Target> changed = targets.of(release.id(), session);
        Sql.list(
                session,
                "select id from repository where id = any(?::bigint[]) order by id for update",
                row -> row.number("id"),
                changed.stream().map(ReleaseTargets.Target::repositoryId).toList());
        for (ReleaseTargets.Target target : changed) {
            mustBeLatest(release, target, session);
            repositories.change(
                    target.repositoryId(),
                    packages("removed_in", target, session),
                    packages("added_in", target, session),
                    "release " + release.id() + " reverted",
                    session);
            Failpoints.reach("release.restored");
        }
        show(changed, ReleaseTargets.Target::fromPublicationId, session);
        life.reverted(release, session);
    }

    private static List<Long> packages(String change, ReleaseTargets.Target target, StatelessSession session) {
        return Sql.list(
                session,
                "select package_id from repository_package where repository_id = ? and " + change + " = ?",
                row -> row.number("package_id"),
                target.repositoryId(),
                target.toVersion());
    }

    private record Now(int version, String reason, boolean same) {}

    /** Whether the repository holds what the release left; later releases that were undone do not count. */
    private static void mustBeLatest(StoredRelease release, ReleaseTargets.Target target, StatelessSession session) {
        Now now = Sql.one(
                        session,
                        """
                        select v.number, v.reason, v.content_hash = own.content_hash as same
                        from repository r join repository_version v on v.repository_id = r.id and v.number = r.current_version
                        join repository_version own on own.repository_id = r.id and own.number = ? where r.id = ?""",
                        row -> new Now(row.integer("number"), row.text("reason"), row.flag("same")),
                        target.toVersion(),
                        target.repositoryId())
                .orElseThrow();
        if (!now.same()) {
            throw ProblemException.conflict("repository " + target.repository() + " (" + target.arch()
                            + ") has changed since release " + release.id() + " (version " + now.version() + ": "
                            + now.reason() + "): undo that first")
                    .with("repository_id", target.repositoryId());
        }
    }

    private void show(
            List<ReleaseTargets.Target> changed,
            Function<ReleaseTargets.Target, @Nullable Long> publication,
            StatelessSession session) {
        Map<Long, Channel> byRepository = channels.ofRepositories(
                changed.stream().map(ReleaseTargets.Target::repositoryId).toList(), session);
        List<ChannelSwitch> switches = new ArrayList<>();
        for (ReleaseTargets.Target target : changed) {
            Channel channel = byRepository.get(target.repositoryId());
            if (channel == null) {
                throw ProblemException.conflict("repository " + target.repository() + " (" + target.arch()
                        + ") is not served, so nothing can be released into it");
            }
            switches.add(new ChannelSwitch(channel.id(), Objects.requireNonNull(publication.apply(target))));
        }
        channels.switchTo(switches, session);
    }
}
