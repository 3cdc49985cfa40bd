package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.packages.rpm.RpmComparison;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.ingest.StoredPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/**
 * Holds packages for all architectures that several tasks of a build made against each other. One of them is taken for all
 * (see {@link BuildContents}); in what the others differ from it is kept with the build, for people to see.
 */
final class BuildDifferences {
    private final Transactions transactions;
    private final Blobs blobs;

    BuildDifferences(Transactions transactions, Blobs blobs) {
        this.transactions = transactions;
        this.blobs = blobs;
    }

    /** In what a package differs from the one of the same identity that another task made. */
    record Difference(String nevra, long otherTaskId, List<String> lines) {}

    private record Twin(long taskId, String sha256, String contentDigest) {}

    /** What is to be said of packages that a task brings. Reads their files, so not to be called within a transaction. */
    List<Difference> of(BuildTaskRow task, List<StoredPackage> brought) {
        List<Difference> differences = new ArrayList<>();
        for (StoredPackage each : brought) {
            if (each.isIndependent()) {
                for (Twin twin : transactions.read(session -> twins(task, each, session))) {
                    List<String> lines = compare(each, twin);
                    if (!lines.isEmpty()) {
                        differences.add(new Difference(each.nevra(), twin.taskId(), lines));
                    }
                }
            }
        }
        return differences;
    }

    private static List<Twin> twins(BuildTaskRow task, StoredPackage made, StatelessSession session) {
        return Sql.list(
                session,
                """
                select bt.task_id, p.blob_sha256, p.content_digest
                  from build_task bt
                  join task t on t.id = bt.task_id and t.state in ('succeeded', 'excluded')
                  join artifact a on a.task_id = bt.task_id
                  join package p on p.id = a.package_id
                 where bt.build_id = ? and bt.platform_id = ? and bt.task_id <> ? and p.nevra = ? and p.format = ?
                 order by bt.task_id
                """,
                row -> new Twin(row.number("task_id"), row.text("blob_sha256"), row.text("content_digest")),
                task.buildId(),
                task.platformId(),
                task.taskId(),
                made.nevra(),
                made.format());
    }

    private List<String> compare(StoredPackage made, Twin twin) {
        if (twin.contentDigest().equals(made.contentDigest())) {
            return List.of();
        }
        if (!made.format().equals("rpm")) {
            return List.of("the files have other bytes");
        }
        try {
            return RpmComparison.differences(blobs.path(twin.sha256()), blobs.path(made.sha256()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + made.fileName(), e);
        }
    }

    /** Keeps them with the build. */
    static void keep(BuildTaskRow task, List<Difference> differences, StatelessSession session) {
        for (Difference each : differences) {
            Sql.update(session, """
                    insert into build_difference (build_id, nevra, task_id, other_task_id, differences)
                    values (?, ?, ?, ?, ?) on conflict (task_id, other_task_id, nevra)
                    do update set differences = excluded.differences
                    """, task.buildId(), each.nevra(), task.taskId(), each.otherTaskId(), each.lines());
        }
    }

    /** Forgets what was said of tasks that run again. */
    static void forget(Collection<Long> tasks, StatelessSession session) {
        Sql.update(
                session, "delete from build_difference where task_id = any(?) or other_task_id = any(?)", tasks, tasks);
    }

    /** Of builds, by build. */
    static Map<Long, List<Build.Difference>> ofBuilds(Collection<Long> builds, StatelessSession session) {
        record Owned(long buildId, Build.Difference difference) {}
        return Sql.list(
                        session,
                        """
                        select build_id, nevra, task_id, other_task_id, differences from build_difference
                         where build_id = any(?) order by build_id, nevra, id
                        """,
                        row -> new Owned(
                                row.number("build_id"),
                                new Build.Difference(
                                        row.text("nevra"),
                                        row.number("other_task_id"),
                                        row.number("task_id"),
                                        row.texts("differences"))),
                        builds)
                .stream()
                .collect(Collectors.groupingBy(
                        Owned::buildId,
                        LinkedHashMap::new,
                        Collectors.mapping(Owned::difference, Collectors.toList())));
    }
}
