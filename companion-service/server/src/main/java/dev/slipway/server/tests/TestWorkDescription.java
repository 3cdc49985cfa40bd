package dev.slipway.server.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.api.builds.TestScript;
import dev.slipway.api.tasks.TestWork;
import dev.slipway.api.tasks.WorkFile;
import dev.slipway.api.tasks.WorkPlatform;
import dev.slipway.server.builds.WorkRepositories;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import dev.slipway.server.tasks.TaskRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;

/** Tells a worker what to test. */
final class TestWorkDescription {
    private record Facts(long platformId, WorkPlatform platform, int revision) {}

    TestWork of(TaskRow task, StatelessSession session) {
        long buildId = Objects.requireNonNull(task.buildId());
        Facts facts = facts(task, session);
        return new TestWork(
                buildId,
                facts.platform(),
                task.arch(),
                facts.revision(),
                packages(task, session),
                sourceFiles(task, session),
                WorkRepositories.of(new WorkRepositories.Place(buildId, facts.platformId(), task.arch()), session),
                scripts(task, session));
    }

    @SuppressWarnings("unchecked")
    private static Facts facts(TaskRow task, StatelessSession session) {
        return Sql.list(
                        session,
                        """
                        select p.id, p.name, p.type, p.distr_type, p.distr_version, p.data, r.revision
                          from test_run r
                          join build_task bt on bt.task_id = r.build_task_id
                          join platform p on p.id = bt.platform_id
                         where r.task_id = ? limit 1
                        """,
                        row -> new Facts(
                                row.number("id"),
                                new WorkPlatform(
                                        row.text("name"),
                                        row.text("type"),
                                        row.text("distr_type"),
                                        row.text("distr_version"),
                                        Json.mapper().convertValue(row.json("data"), Map.class)),
                                row.integer("revision")),
                        task.id())
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("test task " + task.id() + " tests nothing"));
    }

    private static List<TestWork.TestedPackage> packages(TaskRow task, StatelessSession session) {
        return Sql.list(
                session,
                """
                select distinct p.name, p.version, p.release, p.arch, p.file_name
                  from test_run r
                  join artifact a on a.task_id = r.build_task_id
                  join package p on p.id = a.package_id
                 where r.task_id = ? and not p.is_source and not p.is_debug
                   and p.name = r.package_name and p.arch = r.package_arch
                 order by p.name, p.file_name
                """,
                row -> new TestWork.TestedPackage(
                        row.text("name"),
                        row.text("version"),
                        row.textOrNull("release"),
                        row.text("arch"),
                        row.text("file_name")),
                task.id());
    }

    private static List<WorkFile> sourceFiles(TaskRow task, StatelessSession session) {
        return Sql.list(
                session,
                """
                select distinct a.name, a.type, a.blob_sha256, a.size
                  from test_run r
                  join build_task bt on bt.task_id = r.build_task_id
                  join artifact a on a.task_id = bt.source_task_id
                 where r.task_id = ? and a.type in ('src_rpm', 'dsc', 'source') order by a.name
                """,
                row -> new WorkFile(
                        row.text("name"),
                        row.text("type"),
                        row.text("blob_sha256"),
                        row.number("size"),
                        "/api/v1/blobs/sha256/" + row.text("blob_sha256")),
                task.id());
    }

    /** The scripts of all sources; where two have one of the same name, it counts once. */
    private static List<TestScript> scripts(TaskRow task, StatelessSession session) {
        List<JsonNode> options = Sql.list(session, """
                select s.options from build_source s
                 where s.id in (select bt.build_source_id from test_run r
                                  join build_task bt on bt.task_id = r.build_task_id where r.task_id = ?)
                 order by s.index
                """, row -> row.json("options"), task.id());
        Map<String, TestScript> scripts = new LinkedHashMap<>();
        for (JsonNode each : options) {
            each.path("test_scripts").forEach(script -> {
                TestScript read = Json.mapper().convertValue(script, TestScript.class);
                scripts.putIfAbsent(read.name(), read);
            });
        }
        return new ArrayList<>(scripts.values());
    }
}
