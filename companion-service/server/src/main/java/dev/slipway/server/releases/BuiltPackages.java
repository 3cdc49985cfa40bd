package dev.slipway.server.releases;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What builds made for a platform, and how their tests and architectures ended. Three queries, however many builds. */
final class BuiltPackages {
    private static final String SOURCE = "src";

    /** What tests of one package say. */
    private static final int TEST_PASSED = 3;

    private static final int TEST_FAILED = 4;
    private static final int TEST_CANCELLED = 5;

    private final List<Made> made;
    private final long platformId;
    private final Collection<Long> builds;
    private final @Nullable Collection<Long> tasks;

    /** A package and the task that made it. */
    private record Made(Candidate candidate, long taskId, long sourceId) {}

    private record Tested(long taskId, String name, String arch) {}

    private BuiltPackages(List<Made> made, long platformId, Collection<Long> builds, @Nullable Collection<Long> tasks) {
        this.made = made;
        this.platformId = platformId;
        this.builds = builds;
        this.tasks = tasks;
    }

    /**
     * Reads what succeeded. Where a key is asked for, a package comes in the form that this key signed, if there is one.
     *
     * @param tasks restricts it to these build tasks; null: all
     */
    static BuiltPackages read(
            Collection<Long> builds,
            @Nullable Collection<Long> tasks,
            long platformId,
            @Nullable Long signKeyId,
            StatelessSession session) {
        List<Made> made = Sql.list(session, """
                select bt.build_id, bt.task_id, bt.build_source_id, bt.arch as task_arch, bt.platform_id,
                    coalesce(s.id, p.id) as id, coalesce(s.blob_sha256, p.blob_sha256) as sha256, p.format, p.name, p.epoch,
                    p.version, p.release, p.arch, p.nevra, p.content_digest, p.is_source, p.is_debug, p.source_name
                from build_task bt join task t on t.id = bt.task_id
                join artifact a on a.task_id = t.id join package p on p.id = a.package_id
                left join lateral (
                    select s.id, s.blob_sha256 from package s join package_signature ps on ps.package_id = s.id
                    where s.content_digest = p.content_digest and s.nevra = p.nevra and ps.sign_key_id = ?
                    order by s.id = p.id desc, s.id desc limit 1) s on true
                where bt.build_id = any(?::bigint[]) and bt.platform_id = ? and t.state = 'succeeded'
                  and (not p.is_source or bt.arch = 'src') and (?::bigint[] is null or bt.task_id = any(?::bigint[]))
                order by bt.task_id, p.id""", BuiltPackages::made, signKeyId, builds, platformId, tasks, tasks);
        return new BuiltPackages(made, platformId, builds, tasks);
    }

    private static Made made(Row row) throws SQLException {
        Candidate candidate = new Candidate(
                row.number("id"),
                row.text("format"),
                row.text("name"),
                row.integerOrNull("epoch"),
                row.text("version"),
                row.textOrNull("release"),
                row.text("arch"),
                row.text("nevra"),
                row.text("sha256"),
                row.text("content_digest"),
                row.flag("is_source"),
                row.flag("is_debug"),
                row.text("source_name"),
                row.number("build_id"),
                row.text("task_arch"),
                row.number("platform_id"));
        return new Made(candidate, row.number("task_id"), row.number("build_source_id"));
    }

    List<Candidate> candidates() {
        return made.stream().map(Made::candidate).toList();
    }

    /** How the tests of each package went, in their newest revision; packages without tests are absent. */
    Map<Long, TestEvidence> tests(StatelessSession session) {
        Map<Tested, TestEvidence> evidence = new HashMap<>();
        Sql.each(
                session,
                """
                select distinct on (r.build_task_id, r.package_name, r.package_arch)
                    r.build_task_id, r.package_name, r.package_arch, r.revision, r.status, t.state, t.error
                from test_run r join task t on t.id = r.task_id where r.build_id = any(?::bigint[])
                order by r.build_task_id, r.package_name, r.package_arch, r.revision desc, r.id desc""",
                row -> evidence.put(
                        new Tested(row.number("build_task_id"), row.text("package_name"), row.text("package_arch")),
                        evidence(row)),
                builds);
        Map<Long, TestEvidence> byPackage = new HashMap<>();
        for (Made each : made) {
            TestEvidence found = evidence.get(new Tested(
                    each.taskId(), each.candidate().name(), each.candidate().arch()));
            if (found != null) {
                byPackage.merge(each.candidate().id(), found, BuiltPackages::worse);
            }
        }
        return byPackage;
    }

    private static TestEvidence evidence(Row row) throws SQLException {
        String revision = " in revision " + row.integer("revision");
        String error = row.textOrNull("error");
        return switch (status(row.integer("status"), row.text("state"))) {
            case TEST_PASSED -> new TestEvidence(TestEvidence.Verdict.PASSED, "tests passed" + revision);
            case TEST_FAILED ->
                new TestEvidence(
                        TestEvidence.Verdict.FAILED, "tests failed" + revision + (error == null ? "" : ": " + error));
            case TEST_CANCELLED ->
                new TestEvidence(TestEvidence.Verdict.MISSING, "its tests were cancelled" + revision);
            default -> new TestEvidence(TestEvidence.Verdict.RUNNING, "its tests have not ended" + revision);
        };
    }

    /** A test without a result of its own ended as its task did. */
    private static int status(int own, String taskState) {
        if (own >= TEST_PASSED) {
            return own;
        }
        return switch (taskState) {
            case "succeeded", "excluded" -> TEST_PASSED;
            case "failed", "error" -> TEST_FAILED;
            case "cancelled" -> TEST_CANCELLED;
            default -> own;
        };
    }

    private static TestEvidence worse(TestEvidence one, TestEvidence other) {
        return other.verdict() == TestEvidence.Verdict.FAILED ? other : one;
    }

    /** How each source's architectures ended. */
    List<SourceOutcome> outcomes(StatelessSession session) {
        Map<Long, Candidate> leads = new LinkedHashMap<>();
        made.forEach(m -> leads.merge(m.sourceId(), m.candidate(), (a, b) -> a.source() ? a : b));
        Map<Long, Map<String, String>> arches = new HashMap<>();
        Sql.each(
                session,
                """
                select bt.build_source_id, bt.arch, t.state from build_task bt join task t on t.id = bt.task_id
                where bt.build_id = any(?::bigint[]) and bt.platform_id = ? and bt.arch <> ?
                  and (?::bigint[] is null or bt.task_id = any(?::bigint[]))""",
                row -> arches.computeIfAbsent(row.number("build_source_id"), id -> new HashMap<>())
                        .put(row.text("arch"), row.text("state")),
                builds,
                platformId,
                SOURCE,
                tasks,
                tasks);
        return leads.entrySet().stream()
                .map(lead -> new SourceOutcome(
                        lead.getValue().buildId(),
                        lead.getValue().sourceName(),
                        arches.getOrDefault(lead.getKey(), Map.of())))
                .toList();
    }
}
