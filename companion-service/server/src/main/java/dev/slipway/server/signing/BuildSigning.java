package dev.slipway.server.signing;

import dev.slipway.server.builds.BuildRepositories;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.signkeys.StoredSignKey;
import dev.slipway.server.tasks.OvertakenException;
import dev.slipway.server.tasks.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Completes the signing of a build: the signed files become packages with the same content, and take the place of what they
 * were made from in the build and its repositories.
 *
 * <p>Beforehand, where it does no harm by itself, the packages and the repositories' next metadata are made; the transaction
 * that ends the task lets them be seen.
 */
public final class BuildSigning {
    private final Transactions transactions;
    private final SignedPackages packages;
    private final BuildRepositories repositories;
    private final Outbox outbox;

    public BuildSigning(
            Transactions transactions, SignedPackages packages, BuildRepositories repositories, Outbox outbox) {
        this.transactions = transactions;
        this.packages = packages;
        this.repositories = repositories;
        this.outbox = outbox;
    }

    /**
     * What is ready to be shown.
     *
     * @param replacements package → its form signed by this task, for every other form
     */
    private record Ready(Map<Long, Long> replacements, BuildRepositories.Prepared repositories)
            implements TaskKind.Prepared {}

    /** Not to be called within a transaction. */
    TaskKind.Prepared prepare(long buildId, long taskId, StoredSignKey key) {
        Map<Long, Long> replacements = new LinkedHashMap<>();
        var contents = transactions.call(session -> {
            replacements.clear();
            lock(buildId, session);
            replacements.putAll(makePackages(taskId, key, session));
            Failpoints.reach("sign.packages");
            return contents(buildId, replacements, session);
        });
        var prepared = repositories.prepare(buildId, contents);
        Failpoints.reach("sign.repositories");
        return new Ready(Map.copyOf(replacements), prepared);
    }

    private static void lock(long buildId, StatelessSession session) {
        Sql.list(session, "select id from build where id = ? for no key update", row -> row.number("id"), buildId);
    }

    private Map<Long, Long> makePackages(long taskId, StoredSignKey key, StatelessSession session) {
        Map<Long, Long> replacements = new LinkedHashMap<>();
        for (var signed : SignatureProduct.of(taskId, session)) {
            if (signed.originId() != null) {
                long copy = packages.copy(signed, key, session);
                Sql.list(
                        session,
                        "select id from package where (id = ? or origin_id = ?) and id <> ?",
                        row -> replacements.put(row.number("id"), copy),
                        signed.originId(),
                        signed.originId(),
                        copy);
            }
        }
        return replacements;
    }

    /** What the build's repositories that change are to hold. */
    private static Map<Long, Set<Long>> contents(long buildId, Map<Long, Long> replacements, StatelessSession session) {
        Map<Long, Set<Long>> now = new TreeMap<>();
        Set<Long> changed = new TreeSet<>();
        Sql.list(
                session,
                """
                select rp.repository_id, rp.package_id from repository r
                  join repository_package rp on rp.repository_id = r.id and rp.removed_in is null
                where r.build_id = ?""",
                row -> {
                    long repository = row.number("repository_id");
                    long old = row.number("package_id");
                    if (replacements.containsKey(old)) {
                        changed.add(repository);
                    }
                    return now.computeIfAbsent(repository, id -> new TreeSet<>())
                            .add(replacements.getOrDefault(old, old));
                },
                buildId);
        now.keySet().retainAll(changed);
        return now;
    }

    /**
     * Takes over all signatures of a task; the build's row is locked.
     *
     * @throws OvertakenException when the build's repositories changed since they were prepared
     */
    void complete(
            long buildId,
            long taskId,
            StoredSignKey key,
            TaskKind.@Nullable Prepared prepared,
            StatelessSession session) {
        if (!(prepared instanceof Ready ready)
                || !contents(buildId, ready.replacements(), session)
                        .equals(new HashMap<>(ready.repositories().contents()))) {
            throw new OvertakenException();
        }
        int count = 0;
        for (var signed : SignatureProduct.of(taskId, session)) {
            count += signed.artifactId() == null ? 1 : packages.vouchByChanges(signed, key, session);
        }
        replaceArtifacts(buildId, ready.replacements(), session);
        repositories.show(ready.repositories(), session);
        markSigned(buildId, session);
        outbox.announce(
                session,
                "build.signed",
                "build",
                buildId,
                Map.of("keyid", key.keyid(), "sign_task_id", taskId, "packages", count));
    }

    private static void replaceArtifacts(long buildId, Map<Long, Long> replacements, StatelessSession session) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        replacements.forEach((old, copy) -> rows.add(new @Nullable Object[] {copy, old, buildId}));
        Sql.batch(session, """
                update artifact a set package_id = p.id, blob_sha256 = p.blob_sha256, size = p.size
                from package p, task t
                where p.id = ? and a.package_id = ? and t.id = a.task_id and t.build_id = ?""", rows);
    }

    /** A build is signed when some key vouches for every one of its packages. */
    private static void markSigned(long buildId, StatelessSession session) {
        Sql.update(session, """
                update build b set revision = revision + 1, signed = not exists (
                  select 1 from task t join artifact a on a.task_id = t.id
                  where t.build_id = b.id and t.state in ('succeeded', 'excluded') and a.package_id is not null
                    and not exists (select 1 from package_signature ps where ps.package_id = a.package_id))
                where b.id = ?""", buildId);
    }
}
