package dev.slipway.server.builds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.WorkFile;
import dev.slipway.api.tasks.WorkPlatform;
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
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tells a worker what to build. */
final class BuildWorkDescription {
    BuildWork of(TaskRow task, StatelessSession session) {
        Facts facts = Sql.one(session, """
                        select bt.build_id, bt.platform_id, bt.arch, bt.with_arch_all, bt.source_task_id,
                               s.url, s.git_ref, s.ref_type, s.commit_hash, s.options as source_options,
                               b.options as build_options, p.name as platform, p.type, p.distr_type, p.distr_version,
                               p.data, u.username, u.email, bp.arch_list, coalesce(w.arches, '{}') as worker_arches
                          from build_task bt
                          join build_source s on s.id = bt.build_source_id
                          join build b on b.id = bt.build_id
                          join platform p on p.id = bt.platform_id
                          join build_platform bp on bp.build_id = b.id and bp.platform_id = p.id
                          join app_user u on u.id = b.owner_id
                          left join worker w on w.id = ?
                         where bt.task_id = ?
                        """, Facts::read, task.workerId(), task.id())
                .orElseThrow(() -> new IllegalStateException("task " + task.id() + " has no build task"));
        return new BuildWork(
                facts.buildId,
                facts.sourceTaskId == null ? "source" : "binary",
                facts.source,
                facts.platform,
                facts.rootArch,
                facts.withArchAll,
                sourceFiles(facts.sourceTaskId, session),
                WorkRepositories.of(facts.buildId, facts.platformId, facts.rootArch, session),
                facts.options,
                facts.createdBy);
    }

    /** The files of a source package, by the task that made it; none when there is no such task. */
    static List<WorkFile> sourceFiles(@Nullable Long sourceTaskId, StatelessSession session) {
        if (sourceTaskId == null) {
            return List.of();
        }
        return Sql.list(
                session,
                """
                select name, type, blob_sha256, size from artifact
                 where task_id = ? and type in ('src_rpm', 'dsc', 'source') order by name
                """,
                row -> new WorkFile(
                        row.text("name"),
                        row.text("type"),
                        row.text("blob_sha256"),
                        row.number("size"),
                        "/api/v1/blobs/sha256/" + row.text("blob_sha256")),
                sourceTaskId);
    }

    private record Facts(
            long buildId,
            long platformId,
            String rootArch,
            boolean withArchAll,
            @Nullable Long sourceTaskId,
            BuildWork.Source source,
            WorkPlatform platform,
            BuildOptions options,
            BuildWork.Person createdBy) {

        @SuppressWarnings("unchecked")
        static Facts read(Row row) throws SQLException {
            return new Facts(
                    row.number("build_id"),
                    row.number("platform_id"),
                    chooseRoot(row.text("arch"), row.texts("arch_list"), row.texts("worker_arches")),
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
