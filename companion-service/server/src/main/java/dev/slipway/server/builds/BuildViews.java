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
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** Builds as the API shows them. However many they are, it takes one query for each part. */
public final class BuildViews {
    private final Supplier<URI> publicUrl;
    private final BuildCounts counts;

    /** @param publicUrl where callers reach the companion */
    public BuildViews(Supplier<URI> publicUrl, Clock clock) {
        this.publicUrl = publicUrl;
        this.counts = new BuildCounts(clock);
    }

    public Build get(long id, StatelessSession session) {
        return of(List.of(id), session).stream().findFirst().orElseThrow(() -> ProblemException.notFound("build", id));
    }

    long count(BuildFilter filter, StatelessSession session) {
        return counts.of(filter, session);
    }

    /** One page, newest first. */
    List<Build> page(BuildFilter filter, long offset, int limit, StatelessSession session) {
        return of(
                Sql.list(
                        session,
                        "select b.id from build b" + filter.where() + " order by b.id desc offset ? limit ?",
                        row -> row.number("id"),
                        filter.parameters(offset, limit)),
                session);
    }

    /** What an id stands for in one part of the answer. */
    private record Part<T>(long id, T value) {}

    private List<Build> of(List<Long> ids, StatelessSession session) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, List<BuildTask>> tasks = tasks(ids, session);
        Map<Long, List<Long>> links = links(ids, session);
        Map<Long, List<Build.Repository>> repositories = repositories(ids, session);
        Map<Long, List<Build.TestTask>> tests = tests(ids, session);
        Map<Long, List<Build.Difference>> differences = BuildDifferences.ofBuilds(ids, session);
        return Sql.list(
                session,
                "select " + BuildRow.COLUMNS + """
                        , u.id as user_id, u.username, u.email
                          from build b join app_user u on u.id = b.owner_id where b.id = any(?) order by b.id desc
                        """,
                row -> {
                    BuildRow build = BuildRow.read(row);
                    List<BuildTask> own = tasks.getOrDefault(build.id(), List.of());
                    return new Build(
                            build.id(),
                            build.createdAt(),
                            build.finishedAt(),
                            state(build, own),
                            build.mode(),
                            build.priority(),
                            own,
                            new Build.User(row.number("user_id"), row.text("username"), row.textOr("email", "")),
                            links.getOrDefault(build.id(), List.of()),
                            repositories.getOrDefault(build.id(), List.of()),
                            tests.getOrDefault(build.id(), List.of()),
                            differences.getOrDefault(build.id(), List.of()),
                            build.testRevision(),
                            build.cancelTesting(),
                            build.signed(),
                            build.released(),
                            build.error(),
                            build.revision());
                },
                ids);
    }

    private static String state(BuildRow build, List<BuildTask> tasks) {
        return BuildState.of(
                build.finishedAt() != null,
                tasks.stream().map(task -> TaskState.of(task.state())).toList());
    }

    private static Map<Long, List<BuildTask>> tasks(Collection<Long> ids, StatelessSession session) {
        Map<Long, List<Artifact>> artifacts = TaskViews.artifactsOfBuilds(ids, session);
        return group(Sql.list(session, """
                select t.build_id, t.id, t.state, t.arch, t.attempts, t.error_code, t.error, t.started_at, t.finished_at,
                       t.lease_expires_at, s.index, s.url, s.git_ref, s.ref_type, s.commit_hash,
                       p.id as platform_id, p.type as platform_type, p.name as platform_name, p.arch_list
                  from task t
                  join build_task bt on bt.task_id = t.id
                  join build_source s on s.id = bt.build_source_id
                  join platform p on p.id = bt.platform_id
                 where t.build_id = any(?) and t.kind = 'build' order by s.index, t.id
                """, row -> new Part<>(row.number("build_id"), task(row, artifacts)), ids));
    }

    private static BuildTask task(Row row, Map<Long, List<Artifact>> artifacts) throws SQLException {
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
                artifacts.getOrDefault(id, List.of()),
                row.integer("attempts"),
                row.textOrNull("error_code"),
                row.textOrNull("error"),
                row.instantOrNull("started_at"),
                row.instantOrNull("finished_at"),
                TaskViews.logHref(id));
    }

    private static Map<Long, List<Long>> links(Collection<Long> ids, StatelessSession session) {
        return group(Sql.list(
                session,
                "select build_id, linked_build_id from build_link where build_id = any(?) order by linked_build_id",
                row -> new Part<>(row.number("build_id"), row.number("linked_build_id")),
                ids));
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
