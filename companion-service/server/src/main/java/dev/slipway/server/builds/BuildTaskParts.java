package dev.slipway.server.builds;

import dev.slipway.api.builds.BuildTask;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.platforms.PlatformSummary;
import dev.slipway.api.tasks.Artifact;
import dev.slipway.server.database.Queries;
import dev.slipway.server.database.Row;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskViews;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks of several builds, put together from their own rows and those of what they build and have made. */
final class BuildTaskParts {
    private final List<OwnRow> tasks;
    private final List<Aim> aims;
    private final List<Source> sources;
    private final List<TaskViews.Made> made;

    /** Adds what is to be asked. */
    BuildTaskParts(Queries queries, Collection<Long> buildIds) {
        tasks = queries.add("""
                select build_id, id, state, arch, attempts, error_code, error, started_at, finished_at
                  from task where build_id = any(?) and kind = 'build'
                """, OwnRow::read, buildIds);
        aims = queries.add(
                "select task_id, build_source_id, platform_id from build_task where build_id = any(?)",
                row -> new Aim(row.number("task_id"), row.number("build_source_id"), row.number("platform_id")),
                buildIds);
        sources = queries.add(
                "select id, index, url, git_ref, ref_type, commit_hash from build_source where build_id = any(?)",
                Source::read,
                buildIds);
        made = TaskViews.madeByBuilds(queries, buildIds);
    }

    private record OwnRow(
            long buildId,
            long id,
            TaskState state,
            String arch,
            int attempts,
            @Nullable String errorCode,
            @Nullable String error,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        static OwnRow read(Row row) throws SQLException {
            return new OwnRow(
                    row.number("build_id"),
                    row.number("id"),
                    TaskState.of(row.text("state")),
                    row.text("arch"),
                    row.integer("attempts"),
                    row.textOrNull("error_code"),
                    row.textOrNull("error"),
                    row.instantOrNull("started_at"),
                    row.instantOrNull("finished_at"));
        }
    }

    /** What a task is to build. */
    private record Aim(long taskId, long sourceId, long platformId) {}

    private record Source(long id, int index, BuildTask.Ref ref) {
        static Source read(Row row) throws SQLException {
            return new Source(
                    row.number("id"),
                    row.integer("index"),
                    new BuildTask.Ref(
                            row.text("url"),
                            row.textOrNull("git_ref"),
                            RefType.of(row.integer("ref_type")),
                            row.textOrNull("commit_hash")));
        }
    }

    private record Whole(OwnRow task, Source source, PlatformSummary platform) {
        BuildTask with(List<Artifact> artifacts) {
            TaskState state = task.state();
            return new BuildTask(
                    task.id(),
                    state.hasEnded() ? task.finishedAt() : task.startedAt(),
                    state.status(),
                    state.statusName(),
                    state.word(),
                    source.index(),
                    task.arch(),
                    platform,
                    source.ref(),
                    artifacts,
                    task.attempts(),
                    task.errorCode(),
                    task.error(),
                    task.startedAt(),
                    task.finishedAt(),
                    TaskViews.logHref(task.id()));
        }
    }

    /** The tasks of each build in the order of their sources, once the queries have run. */
    Map<Long, List<BuildTask>> byBuild(Map<Long, PlatformSummary> platforms) {
        Map<Long, Aim> aimOf = aims.stream().collect(Collectors.toMap(Aim::taskId, Function.identity()));
        Map<Long, Source> sourceOf = sources.stream().collect(Collectors.toMap(Source::id, Function.identity()));
        Map<Long, List<Artifact>> artifacts = TaskViews.byTask(made);
        return tasks.stream()
                .flatMap(task -> {
                    Aim aim = aimOf.get(task.id());
                    Source source = aim == null ? null : sourceOf.get(aim.sourceId());
                    PlatformSummary platform = aim == null ? null : platforms.get(aim.platformId());
                    return source == null || platform == null // removed between two of the queries
                            ? Stream.empty()
                            : Stream.of(new Whole(task, source, platform));
                })
                .sorted(Comparator.comparingInt((Whole whole) -> whole.source().index())
                        .thenComparingLong(whole -> whole.task().id()))
                .collect(Collectors.groupingBy(
                        whole -> whole.task().buildId(),
                        Collectors.mapping(
                                whole -> whole.with(
                                        artifacts.getOrDefault(whole.task().id(), List.of())),
                                Collectors.toList())));
    }
}
