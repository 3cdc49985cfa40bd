package dev.slipway.server.channels;

import dev.slipway.server.builds.BuildRepositories;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.publications.Publication;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.repositories.NewRepository;
import dev.slipway.server.repositories.Repositories;
import dev.slipway.server.repositories.RepositoryOptions;
import dev.slipway.server.repositories.RepositoryType;
import dev.slipway.server.repositories.StoredRepository;
import dev.slipway.server.tasks.OvertakenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.StatelessSession;

/**
 * Serves what builds make, unsigned, below {@code builds/<id>/<platform>}: for RPM a channel per architecture, one for
 * sources and one for each architecture's debug packages; for Debian one, and one for debug packages.
 */
public final class BuildChannels implements BuildRepositories {
    private static final String SUITE = "build";
    private static final String SOURCES = "src";

    private final Transactions transactions;
    private final Repositories repositories;
    private final HostedRepositories hosted;
    private final Publications publications;
    private final Publisher publisher;
    private final Channels channels;

    public BuildChannels(
            Transactions transactions,
            Repositories repositories,
            HostedRepositories hosted,
            Publications publications,
            Publisher publisher,
            Channels channels) {
        this.transactions = transactions;
        this.repositories = repositories;
        this.hosted = hosted;
        this.publications = publications;
        this.publisher = publisher;
        this.channels = channels;
    }

    /** Drafts and their publications. */
    private record Ready(Map<Long, Set<Long>> contents, List<Draft> drafts) implements Prepared {}

    private record Draft(long repositoryId, int version, long publicationId) {}

    /** The empty repositories are readable when the caller's transaction has committed and this thread goes on. */
    @Override
    public void create(long buildId, List<Target> targets, StatelessSession session) {
        List<Long> made = new ArrayList<>();
        for (Target target : targets) {
            if (target.type().equals("deb")) {
                made.add(create(buildId, target, String.join(",", target.arches()), "", false, session));
                made.add(create(buildId, target, String.join(",", target.arches()), "", true, session));
            } else {
                made.add(create(buildId, target, SOURCES, "/" + SOURCES, false, session));
                for (String arch : target.arches()) {
                    made.add(create(buildId, target, arch, "/" + arch, false, session));
                    made.add(create(buildId, target, arch, "/" + arch, true, session));
                }
            }
        }
        transactions.afterCommit(() -> publisher.publish(made));
    }

    private long create(
            long buildId, Target target, String arch, String place, boolean debug, StatelessSession session) {
        boolean deb = target.type().equals("deb");
        String name = "build-" + buildId + "-" + target.platform() + (deb ? "" : "-" + arch);
        String path = "builds/" + buildId + "/" + target.platform() + place + (debug ? "-debug" : "");
        RepositoryOptions options = deb
                ? RepositoryOptions.debian(SUITE, RepositoryOptions.DEFAULT_COMPONENT, target.arches())
                : RepositoryOptions.NONE;
        return hosted.create(
                        NewRepository.ofBuild(
                                name,
                                arch,
                                RepositoryType.of(target.type()),
                                debug,
                                buildId,
                                target.platformId(),
                                options),
                        path,
                        session)
                .id();
    }

    @Override
    public List<BuildRepository> of(long buildId, StatelessSession session) {
        return repositories.ofBuild(buildId, session).stream()
                .map(BuildChannels::shown)
                .toList();
    }

    private static BuildRepository shown(StoredRepository repository) {
        return new BuildRepository(
                repository.id(),
                Objects.requireNonNull(repository.platformId()),
                repository.type().word(),
                repository.arch(),
                repository.debug());
    }

    @Override
    public Prepared prepare(long buildId, Map<Long, Set<Long>> contents) {
        List<Draft> drafts = new ArrayList<>();
        contents.forEach((repositoryId, packages) -> {
            int version = transactions.call(session ->
                    repositories.draftExactly(repositoryId, packages, "packages of build " + buildId, session));
            Publication publication = publications.prepare(repositoryId, version);
            if (publication.state() != Publication.State.READY) {
                throw new IllegalStateException("a repository of build " + buildId + " cannot be published: "
                        + publication.state() + ", " + publication.error());
            }
            drafts.add(new Draft(repositoryId, version, publication.id()));
        });
        return new Ready(Map.copyOf(contents), drafts);
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
        Map<Long, Channel> shown =
                channels.ofRepositories(drafts.stream().map(Draft::repositoryId).toList(), session);
        channels.switchTo(
                drafts.stream()
                        .map(draft -> new ChannelSwitch(
                                Objects.requireNonNull(shown.get(draft.repositoryId()))
                                        .id(),
                                draft.publicationId()))
                        .toList(),
                session);
    }
}
