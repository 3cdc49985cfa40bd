package dev.slipway.server.builds;

import dev.slipway.server.channels.ChannelPath;
import dev.slipway.server.channels.ChannelSwitch;
import dev.slipway.server.channels.Channels;
import dev.slipway.server.channels.HostedRepositories;
import dev.slipway.server.channels.Publisher;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.RepositoryOptions;
import dev.slipway.server.repositories.RepositoryType;
import dev.slipway.server.tasks.OvertakenException;
import dev.slipway.server.tasks.RefusedContentException;
import dev.slipway.server.workers.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Builds' repositories as the companion serves them, unsigned: below {@code /repos/builds/<build>/<platform>/}. */
final class ServedBuildRepositories implements BuildRepositories {
    private static final String SUITE = "build";
    private static final String COMPONENT = "main";

    private final Transactions transactions;
    private final Repositories repositories;
    private final Publications publications;
    private final HostedRepositories hosted;
    private final Channels channels;
    private final Publisher publisher;

    ServedBuildRepositories(
            Transactions transactions,
            Repositories repositories,
            Publications publications,
            HostedRepositories hosted,
            Channels channels,
            Publisher publisher) {
        this.transactions = transactions;
        this.repositories = repositories;
        this.publications = publications;
        this.hosted = hosted;
        this.channels = channels;
        this.publisher = publisher;
    }

    /** Drafted versions and their publications. */
    private record Ready(Map<Long, Set<Long>> contents, List<Draft> drafts) implements Prepared {}

    private record Draft(long repositoryId, int version, ChannelSwitch show) {}

    @Override
    public void create(long buildId, List<Target> targets, StatelessSession session) {
        for (Target target : targets) {
            if (target.type().equals("deb")) {
                debian(buildId, target, false, session);
                debian(buildId, target, true, session);
            } else {
                rpm(buildId, target, Slots.SOURCE, false, session);
                for (String arch : target.arches()) {
                    rpm(buildId, target, arch, false, session);
                    rpm(buildId, target, arch, true, session);
                }
            }
        }
    }

    private void rpm(long buildId, Target target, String arch, boolean debug, StatelessSession session) {
        NewRepository wanted = NewRepository.ofBuild(
                name(buildId, target),
                arch,
                RepositoryType.RPM,
                debug,
                buildId,
                target.platformId(),
                RepositoryOptions.NONE);
        hosted.create(wanted, path(buildId, target) + "/" + arch + twin(debug), session);
    }

    private void debian(long buildId, Target target, boolean debug, StatelessSession session) {
        NewRepository wanted = NewRepository.ofBuild(
                name(buildId, target),
                String.join(",", target.arches()),
                RepositoryType.DEB,
                debug,
                buildId,
                target.platformId(),
                RepositoryOptions.debian(SUITE, COMPONENT, target.arches()));
        hosted.create(wanted, path(buildId, target) + twin(debug), session);
    }

    private static String name(long buildId, Target target) {
        return "build-" + buildId + "-" + target.platform();
    }

    private static String path(long buildId, Target target) {
        return "builds/" + buildId + "/" + ChannelPath.segment(target.platform());
    }

    private static String twin(boolean debug) {
        return debug ? "-debug" : "";
    }

    @Override
    public List<BuildRepository> of(long buildId, StatelessSession session) {
        return Sql.list(
                session,
                "select id, platform_id, type, arch, debug from repository where build_id = ? order by id",
                row -> new BuildRepository(
                        row.number("id"),
                        row.number("platform_id"),
                        row.text("type"),
                        row.text("arch"),
                        row.flag("debug")),
                buildId);
    }

    /** A repository of the build, and the version that clients see. */
    private record Present(
            long repositoryId, long channelId, @Nullable Integer shown) {}

    @Override
    public Prepared prepare(long buildId, Map<Long, Set<Long>> contents) {
        // the first, empty versions: were they still wanted later, they would be shown in place of newer ones
        publisher.publish(contents.keySet());
        List<Draft> drafts = new ArrayList<>();
        for (Present present : transactions.read(session -> present(buildId, session))) {
            Set<Long> wanted = contents.get(present.repositoryId());
            if (wanted != null) {
                int version = transactions.call(session -> draft(present.repositoryId(), wanted, session));
                Failpoints.reach("report.repository-changed");
                if (present.shown() == null || version != present.shown()) {
                    long publication = publish(present.repositoryId(), version);
                    drafts.add(new Draft(
                            present.repositoryId(), version, new ChannelSwitch(present.channelId(), publication)));
                }
            }
        }
        return new Ready(contents, drafts);
    }

    private static List<Present> present(long buildId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select r.id, c.id as channel_id, p.version as shown
                  from repository r
                  join channel c on c.repository_id = r.id
                  left join publication p on p.id = c.publication_id
                 where r.build_id = ? order by r.id
                """,
                row -> new Present(row.number("id"), row.number("channel_id"), row.integerOrNull("shown")),
                buildId);
    }

    private int draft(long repositoryId, Set<Long> packages, StatelessSession session) {
        try {
            return repositories.draftExactly(repositoryId, packages, "build results", session);
        } catch (ProblemException e) {
            throw new RefusedContentException("CONFLICT", String.valueOf(e.getMessage()));
        }
    }

    private long publish(long repositoryId, int version) {
        Publication publication = publications.prepare(repositoryId, version);
        if (publication.state() != Publication.State.READY) {
            throw ProblemException.unavailable(
                    "the build's repository could not be published: send the report again", Duration.ofSeconds(10));
        }
        return publication.id();
    }

    @Override
    public void hide(long buildId, StatelessSession session) {
        Sql.list(
                        session,
                        "select c.id from channel c join repository r on r.id = c.repository_id where r.build_id = ?",
                        row -> row.number("id"),
                        buildId)
                .forEach(channel -> channels.remove(channel, session));
    }

    /** @throws OvertakenException when one of the repositories has changed since */
    @Override
    public void show(Prepared prepared, StatelessSession session) {
        List<Draft> drafts = ((Ready) prepared).drafts();
        for (Draft draft : drafts) {
            if (!repositories.adopt(draft.repositoryId(), draft.version(), session)) {
                throw new OvertakenException();
            }
        }
        channels.switchTo(drafts.stream().map(Draft::show).toList(), session);
    }
}
