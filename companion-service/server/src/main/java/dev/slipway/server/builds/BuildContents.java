package dev.slipway.server.builds;

import dev.slipway.server.builds.BuildRepositories.BuildRepository;
import dev.slipway.server.database.Sql;
import dev.slipway.server.ingest.StoredPackage;
import dev.slipway.server.tasks.RefusedContentException;
import dev.slipway.server.workers.Slots;
import java.util.ArrayList;
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
 * from the architecture that the platform trusts most ({@code copy_priority_arches} in its data), else from the task that
 * ended first.
 */
final class BuildContents {
    private final List<BuildRepository> repositories;
    private final Map<Long, List<String>> trusted;
    private final Map<Long, Map<String, Made>> byNevra = new TreeMap<>();

    private BuildContents(List<BuildRepository> repositories, Map<Long, List<String>> trusted) {
        this.repositories = repositories;
        this.trusted = trusted;
        repositories.forEach(repository -> byNevra.put(repository.id(), new HashMap<>()));
    }

    /** A package that a task made. */
    record Made(long taskId, long platformId, String arch, StoredPackage content) {
        boolean sourceTask() {
            return arch.equals(Slots.SOURCE);
        }
    }

    /**
     * The contents once the packages of one more task have come in.
     *
     * @throws RefusedContentException when one of them has the identity of another one but other bytes
     */
    static Map<Long, Set<Long>> with(
            long buildId, List<Made> more, List<BuildRepository> repositories, StatelessSession session) {
        BuildContents contents = new BuildContents(repositories, trusted(buildId, session));
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
                        row.text("task_arch"),
                        StoredPackage.read(row)),
                buildId);
    }

    /** The architectures that a build's platforms trust, best first, by platform. */
    private static Map<Long, List<String>> trusted(long buildId, StatelessSession session) {
        Map<Long, List<String>> trusted = new HashMap<>();
        Sql.each(
                session,
                """
                select p.id, p.data->'copy_priority_arches' as arches
                  from build_platform bp join platform p on p.id = bp.platform_id
                 where bp.build_id = ? and jsonb_typeof(p.data->'copy_priority_arches') = 'array'
                """,
                row -> {
                    List<String> arches = new ArrayList<>();
                    row.json("arches").forEach(arch -> arches.add(arch.asText()));
                    trusted.put(row.number("id"), arches);
                },
                buildId);
        return trusted;
    }

    private void add(Made made) {
        for (BuildRepository repository : repositories) {
            if (belongs(made, repository)) {
                byNevra.computeIfAbsent(repository.id(), any -> new HashMap<>())
                        .merge(made.content().nevra(), made, this::chosen);
            }
        }
    }

    /** Which of two packages of one identity counts. */
    private Made chosen(Made first, Made second) {
        if (first.content().id() == second.content().id()) {
            return first;
        }
        if (!second.content().isIndependent()) {
            throw new RefusedContentException(
                    "SAME_IDENTITY",
                    second.content().fileName() + " is in the build already, made by task " + first.taskId()
                            + ", with other bytes");
        }
        return rank(second) < rank(first) ? second : first;
    }

    private int rank(Made made) {
        int place = trusted.getOrDefault(made.platformId(), List.of()).indexOf(made.arch());
        return place < 0 ? Integer.MAX_VALUE : place;
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
