package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.platforms.PlatformSummary;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskViews;
import java.net.URI;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Builds as the API shows them. However many they are, it takes one query for each part. */
public final class BuildViews {
    private final Supplier<URI> publicUrl;
    private final BuildCounts counts;

    /** @param publicUrl where callers reach the companion */
    BuildViews(Supplier<URI> publicUrl, BuildCounts counts) {
        this.publicUrl = publicUrl;
        this.counts = counts;
    }

    public Build get(long id, StatelessSession session) {
        return of(heads(session, "select b.* from build b where b.id = ?", id), session).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("build", id));
    }

    /** One piece of the list, newest first. */
    List<Build> list(BuildFilter filter, long offset, int limit, StatelessSession session) {
        return of(
                heads(
                        session,
                        "select b.* from build b" + filter.where() + " order by b.id desc offset ? limit ?",
                        filter.parameters(offset, limit)),
                session);
    }

    /** A piece of the list, and how many there are in the whole of it. */
    record Page(List<Build> builds, long total) {}

    Page page(BuildFilter filter, long offset, int limit, StatelessSession session) {
        OptionalLong many = counts.remembered(filter);
        if (many.isPresent()) {
            return new Page(list(filter, offset, limit, session), many.getAsLong());
        }
        // few: all of them are found at once, instead of walking through builds until a page is full
        record Counted(long total, @Nullable Long id) {}
        List<Counted> found = Sql.list(
                session,
                "with found as materialized (" + filter.key().ids() + """
                        )
                        select n.total, f.id
                          from (select count(*) as total from found) n
                          left join (select id from found order by id desc offset ? limit ?) f on true
                        """,
                row -> new Counted(row.number("total"), row.numberOrNull("id")),
                filter.parameters(offset, limit));
        long total = found.get(0).total();
        counts.remember(filter, total);
        List<Long> ids =
                found.stream().map(Counted::id).filter(Objects::nonNull).toList();
        return new Page(of(heads(session, "select b.* from build b where b.id = any(?)", ids), session), total);
    }

    /** What an id stands for in one part of the answer. */
    private record Part<T>(long id, T value) {}

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

    private static List<Head> heads(StatelessSession session, String builds, @Nullable Object... parameters) {
        return Sql.list(
                session,
                "select " + BuildRow.COLUMNS + """
                        , u.username, u.email,
                          array(select l.linked_build_id from build_link l where l.build_id = b.id order by 1) as links,
                          exists (select 1 from build_difference d where d.build_id = b.id) as has_differences
                          from (""" + builds
                        + ") b join app_user u on u.id = b.owner_id order by b.id desc",
                Head::read,
                parameters);
    }

    private List<Build> of(List<Head> heads, StatelessSession session) {
        List<Long> ids = heads.stream().map(head -> head.row().id()).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, List<BuildTask>> tasks = tasks(ids, session);
        Map<Long, List<Build.Repository>> repositories = repositories(ids, session);
        List<Long> tested = ids(heads, head -> head.row().testRevision() > 0);
        Map<Long, List<Build.TestTask>> tests = tested.isEmpty() ? Map.of() : tests(tested, session);
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

    private static Map<Long, List<BuildTask>> tasks(Collection<Long> ids, StatelessSession session) {
        List<Part<BuildTask>> found = Sql.list(session, """
                select t.build_id, t.id, t.state, t.arch, t.attempts, t.error_code, t.error, t.started_at, t.finished_at,
                       t.lease_expires_at, s.index, s.url, s.git_ref, s.ref_type, s.commit_hash,
                       p.id as platform_id, p.type as platform_type, p.name as platform_name, p.arch_list
                  from task t
                  join build_task bt on bt.task_id = t.id
                  join build_source s on s.id = bt.build_source_id
                  join platform p on p.id = bt.platform_id
                 where t.build_id = any(?) and t.kind = 'build' order by s.index, t.id
                """, row -> new Part<>(row.number("build_id"), task(row)), ids);
        Map<Long, List<Artifact>> artifacts = TaskViews.artifacts(
                found.stream().map(part -> part.value().id()).toList(), session);
        return group(found.stream()
                .map(part -> new Part<>(
                        part.id(),
                        part.value()
                                .withArtifacts(
                                        artifacts.getOrDefault(part.value().id(), List.of()))))
                .toList());
    }

    private static BuildTask task(Row row) throws SQLException {
        long id = row.number("id");
        TaskState state = TaskState.of(row.text("state"));
        return new BuildTask(
                id,
                row.instantOrNull(state.hasEnded() ? "finished_at" : "started_at"),
                state.status(),
                state.statusName(),
                state.word(),
                row.integer("index"),
                row.text("arch"),
                new PlatformSummary(
                        row.number("platform_id"),
                        row.text("platform_type"),
                        row.text("platform_name"),
                        row.texts("arch_list")),
                new BuildTask.Ref(
                        row.text("url"),
                        row.textOrNull("git_ref"),
                        RefType.of(row.integer("ref_type")),
                        row.textOrNull("commit_hash")),
                List.of(),
                row.integer("attempts"),
                row.textOrNull("error_code"),
                row.textOrNull("error"),
                row.instantOrNull("started_at"),
                row.instantOrNull("finished_at"),
                TaskViews.logHref(id));
    }

    private Map<Long, List<Build.Repository>> repositories(Collection<Long> ids, StatelessSession session) {
        return group(Sql.list(
                session,
                """
                select r.build_id, r.id, r.name, p.name as platform, r.arch, r.type, r.debug, c.path
                  from repository r
                  join platform p on p.id = r.platform_id
                  join channel c on c.repository_id = r.id
                 where r.build_id = any(?) order by r.id
                """,
                row -> new Part<>(
                        row.number("build_id"),
                        new Build.Repository(
                                row.number("id"),
                                row.text("name"),
                                row.text("platform"),
                                row.text("arch"),
                                row.text("type"),
                                row.flag("debug"),
                                publicUrl.get() + "/repos/" + row.text("path") + "/")),
                ids));
    }

    /** The test tasks of each build task's newest revision, with the founding document's numbers for tests. */
    private static Map<Long, List<Build.TestTask>> tests(Collection<Long> ids, StatelessSession session) {
        return group(Sql.list(session, """
                select distinct t.build_id, t.id, t.arch, t.state, t.error, r.revision, p.name as platform
                  from task t
                  join test_run r on r.task_id = t.id
                  join build_task bt on bt.task_id = r.build_task_id
                  join platform p on p.id = bt.platform_id
                 where t.build_id = any(?) and t.kind = 'test'
                   and r.revision = (select max(n.revision) from test_run n where n.build_task_id = r.build_task_id)
                 order by t.id
                """, row -> new Part<>(row.number("build_id"), test(row)), ids));
    }

    private static Build.TestTask test(Row row) throws SQLException {
        TaskState state = TaskState.of(row.text("state"));
        int status = switch (state) {
            case BLOCKED, READY -> 1;
            case RUNNING, CANCELLING -> 2;
            case SUCCEEDED, EXCLUDED -> 3;
            case FAILED, ERROR -> 4;
            case CANCELLED -> 5;
        };
        List<String> names = List.of("created", "started", "completed", "failed", "cancelled");
        return new Build.TestTask(
                row.number("id"),
                row.text("platform"),
                row.text("arch"),
                row.integer("revision"),
                state.word(),
                status,
                names.get(status - 1),
                row.textOrNull("error"));
    }

    private static <T> Map<Long, List<T>> group(List<Part<T>> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(
                        Part::id, LinkedHashMap::new, Collectors.mapping(Part::value, Collectors.toList())));
    }
}
