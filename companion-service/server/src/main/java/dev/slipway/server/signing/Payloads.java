package dev.slipway.server.signing;

import dev.slipway.server.database.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The table of bytes to sign. */
final class Payloads {
    private static final String SELECT = "select " + Payload.COLUMNS + " from sign_payload sp ";

    private Payloads() {}

    /** A payload to be stored; see {@link Payload}. */
    record New(
            PayloadKind kind,
            String name,
            String blobSha256,
            long rangeStart,
            long rangeEnd,
            String sha256,
            @Nullable Long packageId,
            @Nullable Long artifactId,
            @Nullable String signaturePath) {}

    static void add(long taskId, Collection<New> payloads, StatelessSession session) {
        var names = new HashSet<String>();
        var rows = new ArrayList<@Nullable Object[]>();
        for (var payload : payloads) {
            var name = payload.name();
            for (int i = 2; !names.add(payload.kind() + name); i++) {
                name = payload.name() + " (" + i + ")";
            }
            rows.add(new @Nullable Object[] {
                taskId,
                payload.kind().word(),
                name,
                payload.blobSha256(),
                payload.rangeStart(),
                payload.rangeEnd(),
                payload.sha256(),
                payload.packageId(),
                payload.artifactId(),
                payload.signaturePath()
            });
        }
        Sql.batch(session, """
                insert into sign_payload (task_id, kind, name, blob_sha256, range_start, range_end, sha256, package_id,
                    artifact_id, signature_path) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
    }

    /** All of a task, or only those without a signature, in the order they were made. */
    static List<Payload> of(long taskId, boolean unsignedOnly, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + "where sp.task_id = ? and (not ? or sp.signature is null) order by sp.id",
                Payload::read,
                taskId,
                unsignedOnly);
    }

    /** Those of a task that have no signature, behind one of them, in the order they were made. */
    static List<Payload> unsignedAfter(long taskId, long afterId, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + "where sp.task_id = ? and sp.signature is null and sp.id > ? order by sp.id offset ? limit ?",
                Payload::read,
                taskId,
                afterId,
                offset,
                limit);
    }

    static Optional<Payload> find(long taskId, long id, StatelessSession session) {
        return Sql.one(session, SELECT + "where sp.task_id = ? and sp.id = ?", Payload::read, taskId, id);
    }

    static int unsigned(long taskId, StatelessSession session) {
        return (int) Sql.number(
                session, "select count(*) from sign_payload where task_id = ? and signature is null", taskId);
    }
}
