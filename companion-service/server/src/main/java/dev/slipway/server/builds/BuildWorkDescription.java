package dev.slipway.server.builds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.WorkFile;
import dev.slipway.api.tasks.WorkPlatform;
import dev.slipway.api.tasks.WorkRepository;
import dev.slipway.server.builds.WorkRepositories.Place;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.workers.Slots;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tells a worker what to build. */
final class BuildWorkDescription {
    /** What each of these tasks is to build, by the task's id. */
    Map<Long, BuildWork> of(List<TaskRow> tasks, StatelessSession session) {
        List<Facts> all = Sql.list(
                session, """
                        select bt.task_id, bt.build_id, bt.platform_id, bt.arch, bt.with_arch_all, bt.source_task_id,
                               s.url, s.git_ref, s.ref_type, s.commit_hash, s.options as source_options,
                               b.options as build_options, p.name as platform, p.type, p.distr_type, p.distr_version,
                               p.data, u.username, u.email, bp.arch_list, coalesce(w.arches, '{}') as worker_arches
                          from build_task bt
                          join task t on t.id = bt.task_id
                          join build_source s on s.id = bt.build_source_id
                          join build b on b.id = bt.build_id
                          join platform p on p.id = bt.platform_id
                          join build_platform bp on bp.build_id = b.id and bp.platform_id = p.id
                          join app_user u on u.id = b.owner_id
                          left join worker w on w.id = t.worker_id
                         where bt.task_id = any(?)
                        """, Facts::read, tasks.stream().map(TaskRow::id).toList());
        Map<Long, List<WorkFile>> files = sourceFiles(
                all.stream().map(Facts::sourceTaskId).filter(Objects::nonNull).collect(Collectors.toSet()), session);
        Map<Place, List<WorkRepository>> repositories =
                WorkRepositories.of(all.stream().map(Facts::place).collect(Collectors.toSet()), session);
        return all.stream()
                .collect(Collectors.toMap(
                        Facts::taskId,
                        facts -> new BuildWork(
                                facts.place.buildId(),
                                facts.sourceTaskId == null ? "source" : "binary",
                                facts.source,
                                facts.platform,
                                facts.place.arch(),
                                facts.withArchAll,
                                facts.sourceTaskId == null
                                        ? List.of()
                                        : files.getOrDefault(facts.sourceTaskId, List.of()),
                                repositories.getOrDefault(facts.place, List.of()),
                                facts.options,
                                facts.createdBy)));
    }

    /** The files of source packages, by the tasks that made them. */
    private static Map<Long, List<WorkFile>> sourceFiles(Set<Long> sourceTaskIds, StatelessSession session) {
        record Owned(long taskId, WorkFile file) {}
        return sourceTaskIds.isEmpty()
                ? Map.of()
                : Sql.list(
                                session,
                                """
                                select task_id, name, type, blob_sha256, size from artifact
                                 where task_id = any(?) and type in ('src_rpm', 'dsc', 'source') order by name
                                """,
                                row -> new Owned(
                                        row.number("task_id"),
                                        new WorkFile(
                                                row.text("name"),
                                                row.text("type"),
                                                row.text("blob_sha256"),
                                                row.number("size"),
                                                "/api/v1/blobs/sha256/" + row.text("blob_sha256"))),
                                sourceTaskIds)
                        .stream()
                        .collect(Collectors.groupingBy(
                                Owned::taskId, Collectors.mapping(Owned::file, Collectors.toList())));
    }

    private record Facts(
            long taskId,
            Place place,
            boolean withArchAll,
            @Nullable Long sourceTaskId,
            BuildWork.Source source,
            WorkPlatform platform,
            BuildOptions options,
            BuildWork.Person createdBy) {

        @SuppressWarnings("unchecked")
        static Facts read(Row row) throws SQLException {
            return new Facts(
                    row.number("task_id"),
                    new Place(
                            row.number("build_id"),
                            row.number("platform_id"),
                            chooseRoot(row.text("arch"), row.texts("arch_list"), row.texts("worker_arches"))),
                    row.flag("with_arch_all"),
                    row.numberOrNull("source_task_id"),
                    new BuildWork.Source(
                            row.text("url"),
                            row.textOrNull("git_ref"),
                            RefType.of(row.integer("ref_type")),
                            row.textOrNull("commit_hash")),
                    new WorkPlatform(
                            row.text("platform"),
                            row.text("type"),
                            row.text("distr_type"),
                            row.text("distr_version"),
                            Json.mapper().convertValue(row.json("data"), Map.class)),
                    merged(row.json("build_options"), row.json("source_options").path("options")),
                    new BuildWork.Person(row.text("username"), row.textOrNull("email")));
        }
    }

    /** A source package is made in the root of an architecture that the worker has, if the build is for one. */
    private static String chooseRoot(String arch, List<String> ofBuild, List<String> ofWorker) {
        if (!arch.equals(Slots.SOURCE)) {
            return arch;
        }
        return ofBuild.stream()
                .filter(each -> ofWorker.stream().anyMatch(own -> own.equals(each) || own.startsWith(each + ":")))
                .findFirst()
                .orElse(ofBuild.get(0));
    }

    /** The build's options with the source's on top. */
    static BuildOptions merged(JsonNode ofBuild, JsonNode ofSource) {
        BuildOptions base = options(ofBuild);
        BuildOptions top = options(ofSource);
        Map<String, String> definitions = new LinkedHashMap<>(base.definitions());
        definitions.putAll(top.definitions());
        Set<String> with = new LinkedHashSet<>(base.with());
        Set<String> without = new LinkedHashSet<>(base.without());
        with.removeAll(top.without());
        without.removeAll(top.with());
        with.addAll(top.with());
        without.addAll(top.without());
        return new BuildOptions(definitions, List.copyOf(with), List.copyOf(without));
    }

    private static BuildOptions options(JsonNode node) {
        return node.isObject() ? Json.mapper().convertValue(node, BuildOptions.class) : BuildOptions.NONE;
    }
}
