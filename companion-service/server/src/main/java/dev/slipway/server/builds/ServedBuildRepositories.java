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
import dev.slipway.server.tasks.RefusedContentException;
import dev.slipway.server.workers.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private record Ready(Map<Long, Set<Long>> contents, List<ChannelSwitch> switches) implements Prepared {}

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

    /** What a repository holds in its newest version, and which version clients see. */
    private record Present(
            long repositoryId,
            long channelId,
            int version,
            @Nullable Integer shown,
            Set<Long> packages) {}

    @Override
    public Prepared prepare(long buildId, Map<Long, Set<Long>> contents) {
        // the first, empty versions: were they still wanted later, they would be shown in place of newer ones
        publisher.publish(contents.keySet());
        List<ChannelSwitch> switches = new ArrayList<>();
        for (Present present : transactions.read(session -> present(buildId, session))) {
            Set<Long> wanted = contents.getOrDefault(present.repositoryId(), Set.of());
            int version = wanted.equals(present.packages())
                    ? present.version()
                    : transactions.call(session -> change(present.repositoryId(), wanted, session));
            Failpoints.reach("report.repository-changed");
            if (present.shown() == null || version != present.shown()) {
                switches.add(new ChannelSwitch(present.channelId(), publish(present.repositoryId(), version)));
            }
        }
        return new Ready(contents, switches);
    }

    private static List<Present> present(long buildId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select r.id, c.id as channel_id, r.current_version, p.version as shown,
                       array(select m.package_id from repository_package m
                              where m.repository_id = r.id and m.removed_in is null) as packages
                  from repository r
                  join channel c on c.repository_id = r.id
                  left join publication p on p.id = c.publication_id
                 where r.build_id = ? order by r.id
                """,
                row -> new Present(
                        row.number("id"),
                        row.number("channel_id"),
                        row.integer("current_version"),
                        row.integerOrNull("shown"),
                        new TreeSet<>(row.numbers("packages"))),
                buildId);
    }

    private int change(long repositoryId, Set<Long> wanted, StatelessSession session) {
        Set<Long> present = new HashSet<>(Sql.list(
                session,
                "select package_id from repository_package where repository_id = ? and removed_in is null",
                row -> row.number("package_id"),
                repositoryId));
        Set<Long> add = new TreeSet<>(wanted);
        add.removeAll(present);
        Set<Long> remove = new TreeSet<>(present);
        remove.removeAll(wanted);
        try {
            return repositories.change(repositoryId, add, remove, "build results", session);
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
    public void show(Prepared prepared, StatelessSession session) {
        channels.switchTo(((Ready) prepared).switches(), session);
    }
}
