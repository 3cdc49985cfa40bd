package dev.slipway.server.builds;

import dev.slipway.server.builds.BuildRepositories.BuildRepository;
import dev.slipway.server.database.Sql;
import dev.slipway.server.ingest.StoredPackage;
import dev.slipway.server.tasks.RefusedContentException;
import dev.slipway.server.workers.Slots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.StatelessSession;

/**
 * Which packages belong into which of a build's repositories: those of its tasks that ended well.
 *
 * <p>RPM: one repository per architecture and one for sources; {@code noarch} packages go into all of them. Debian: one per
 * platform. Debug packages go into the twin of their own. A package for all architectures that several tasks made is taken
 * from the one that ended first.
 */
final class BuildContents {
    private final List<BuildRepository> repositories;
    private final Map<Long, Map<String, Made>> byNevra = new TreeMap<>();

    private BuildContents(List<BuildRepository> repositories) {
        this.repositories = repositories;
        repositories.forEach(repository -> byNevra.put(repository.id(), new HashMap<>()));
    }

    /** A package that a task made. */
    record Made(long taskId, long platformId, boolean sourceTask, StoredPackage content) {}

    /**
     * The contents once the packages of one more task have come in.
     *
     * @throws RefusedContentException when one of them has the identity of another one but other bytes
     */
    static Map<Long, Set<Long>> with(
            long buildId, List<Made> more, List<BuildRepository> repositories, StatelessSession session) {
        BuildContents contents = new BuildContents(repositories);
        ended(buildId, session).forEach(contents::add);
        more.forEach(contents::add);
        return contents.ids();
    }

    private static List<Made> ended(long buildId, StatelessSession session) {
        return Sql.list(
                session,
                "select t.id as task_id, bt.platform_id, bt.arch as task_arch, " + StoredPackage.COLUMNS + """
                         from task t
                         join build_task bt on bt.task_id = t.id
                         join artifact a on a.task_id = t.id
                         join package p on p.id = a.package_id
                        where t.build_id = ? and t.kind = 'build' and t.state in ('succeeded', 'excluded')
                        order by t.finished_at, t.id, p.id
                        """,
                row -> new Made(
                        row.number("task_id"),
                        row.number("platform_id"),
                        row.text("task_arch").equals(Slots.SOURCE),
                        StoredPackage.read(row)),
                buildId);
    }

    private void add(Made made) {
        for (BuildRepository repository : repositories) {
            if (belongs(made, repository)) {
                Made other = byNevra.computeIfAbsent(repository.id(), any -> new HashMap<>())
                        .putIfAbsent(made.content().nevra(), made);
                if (other != null
                        && other.content().id() != made.content().id()
                        && !made.content().isIndependent()) {
                    throw new RefusedContentException(
                            "SAME_IDENTITY",
                            made.content().fileName() + " is in the build already, made by task " + other.taskId()
                                    + ", with other bytes");
                }
            }
        }
    }

    private static boolean belongs(Made made, BuildRepository repository) {
        StoredPackage content = made.content();
        if (made.platformId() != repository.platformId() || content.isDebug() != repository.debug()) {
            return false;
        }
        if (content.isSource()) {
            // the source package is the source task's; what a binary task brings along is a copy made on the way
            return made.sourceTask()
                    && (repository.type().equals("deb") || repository.arch().equals(Slots.SOURCE));
        }
        return repository.type().equals("deb")
                || (content.isIndependent()
                        ? !repository.arch().equals(Slots.SOURCE)
                        : content.arch().equals(repository.arch()));
    }

    private Map<Long, Set<Long>> ids() {
        Map<Long, Set<Long>> ids = new TreeMap<>();
        byNevra.forEach((repository, packages) -> {
            Set<Long> set = new TreeSet<>();
            packages.values().forEach(made -> set.add(made.content().id()));
            ids.put(repository, set);
        });
        return ids;
    }
}
