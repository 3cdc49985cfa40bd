package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.platforms.PlatformSummary;
import dev.slipway.server.database.Queries;
import dev.slipway.server.database.Row;
import dev.slipway.server.tasks.TaskState;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Puts builds together from the rows of several tables. Each table is asked once for all builds, by an index that begins
 * with the build, and what many rows share (a source, a platform) is read once: tables that are joined in the database
 * would be looked up once for each task.
 */
final class BuildParts {
    private final Supplier<URI> publicUrl;

    /** @param publicUrl where callers reach the companion */
    BuildParts(Supplier<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** A build without what others have of it. */
    private record Head(BuildRow row, Build.User creator, List<Long> links, boolean hasDifferences) {
        static Head read(Row row) throws SQLException {
            return new Head(
                    BuildRow.read(row),
                    new Build.User(row.number("owner_id"), row.text("username"), row.textOr("email", "")),
                    row.numbers("links"),
                    row.flag("has_differences"));
        }
    }

    /** The builds with these ids, newest first, without those that are not there. */
    List<Build> builds(Collection<Long> ids, StatelessSession session) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Queries queries = new Queries();
        List<Head> heads = queries.add("select " + BuildRow.COLUMNS + """
                , u.username, u.email,
                  array(select l.linked_build_id from build_link l where l.build_id = b.id order by 1) as links,
                  exists (select 1 from build_difference d where d.build_id = b.id) as has_differences
                  from build b join app_user u on u.id = b.owner_id
                 where b.id = any(?) order by b.id desc
                """, Head::read, ids);
        List<PlatformSummary> platforms = queries.add("""
                select id, type, name, arch_list from platform
                 where id = any(array(select platform_id from build_platform where build_id = any(?)))
                """, BuildParts::platform, ids);
        BuildTaskParts tasks = new BuildTaskParts(queries, ids);
        List<Repository> repositories = repositories(queries, ids);
        queries.run(session);
        Map<Long, PlatformSummary> platformOf =
                platforms.stream().collect(Collectors.toMap(PlatformSummary::id, Function.identity()));
        return whole(heads, tasks.byBuild(platformOf), byBuild(repositories, platformOf), session);
    }

    private static PlatformSummary platform(Row row) throws SQLException {
        return new PlatformSummary(row.number("id"), row.text("type"), row.text("name"), row.texts("arch_list"));
    }

    private record Repository(
            long buildId, long id, String name, long platformId, String arch, String type, boolean debug, String url) {
        Build.Repository of(PlatformSummary platform) {
            return new Build.Repository(id, name, platform.name(), arch, type, debug, url);
        }
    }

    private List<Repository> repositories(Queries queries, Collection<Long> ids) {
        URI url = publicUrl.get();
        return queries.add(
                """
                select r.build_id, r.id, r.name, r.platform_id, r.arch, r.type, r.debug, c.path
                  from repository r
                  join channel c on c.repository_id = r.id
                 where r.build_id = any(?) order by r.id
                """,
                row -> new Repository(
                        row.number("build_id"),
                        row.number("id"),
                        row.text("name"),
                        row.number("platform_id"),
                        row.text("arch"),
                        row.text("type"),
                        row.flag("debug"),
                        url + "/repos/" + row.text("path") + "/"),
                ids);
    }

    private static Map<Long, List<Build.Repository>> byBuild(
            List<Repository> repositories, Map<Long, PlatformSummary> platforms) {
        Map<Long, List<Build.Repository>> byBuild = new HashMap<>();
        for (Repository repository : repositories) {
            PlatformSummary platform = platforms.get(repository.platformId());
            if (platform != null) { // else removed between two of the queries
                byBuild.computeIfAbsent(repository.buildId(), id -> new ArrayList<>())
                        .add(repository.of(platform));
            }
        }
        return byBuild;
    }

    private static List<Build> whole(
            List<Head> heads,
            Map<Long, List<BuildTask>> tasks,
            Map<Long, List<Build.Repository>> repositories,
            StatelessSession session) {
        List<Long> tested = ids(heads, head -> head.row().testRevision() > 0);
        Map<Long, List<Build.TestTask>> tests = tested.isEmpty() ? Map.of() : BuildTestTasks.ofBuilds(tested, session);
        List<Long> differing = ids(heads, Head::hasDifferences);
        Map<Long, List<Build.Difference>> differences =
                differing.isEmpty() ? Map.of() : BuildDifferences.ofBuilds(differing, session);
        return heads.stream()
                .map(head -> {
                    BuildRow build = head.row();
                    List<BuildTask> own = tasks.getOrDefault(build.id(), List.of());
                    return new Build(
                            build.id(),
                            build.createdAt(),
                            build.finishedAt(),
                            state(build, own),
                            build.mode(),
                            build.priority(),
                            own,
                            head.creator(),
                            head.links(),
                            repositories.getOrDefault(build.id(), List.of()),
                            tests.getOrDefault(build.id(), List.of()),
                            differences.getOrDefault(build.id(), List.of()),
                            build.testRevision(),
                            build.cancelTesting(),
                            build.signed(),
                            build.released(),
                            build.error(),
                            build.revision());
                })
                .toList();
    }

    private static List<Long> ids(List<Head> heads, Predicate<Head> of) {
        return heads.stream().filter(of).map(head -> head.row().id()).toList();
    }

    private static String state(BuildRow build, List<BuildTask> tasks) {
        return BuildState.of(
                build.finishedAt() != null,
                tasks.stream().map(task -> TaskState.of(task.state())).toList());
    }
}
