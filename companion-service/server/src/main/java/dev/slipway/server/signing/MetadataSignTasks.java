package dev.slipway.server.signing;

import dev.slipway.server.blobs.Blob;
import dev.slipway.server.database.Sql;
import dev.slipway.server.publications.MetadataSigning;
import dev.slipway.server.publications.Publications;
import dev.slipway.server.signkeys.SignKeys;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import org.hibernate.StatelessSession;

/** Has the metadata of publications signed by workers, ahead of packages: repositories wait for it. */
public final class MetadataSignTasks implements MetadataSigning {
    private static final String OWNER = "slipway";
    private static final int PRIORITY = 100;

    private final Clock clock;
    private final SignKeys keys;
    private final SignTasks tasks;
    private final Publications publications;

    public MetadataSignTasks(Clock clock, SignKeys keys, SignTasks tasks, Publications publications) {
        this.clock = clock;
        this.keys = keys;
        this.tasks = tasks;
        this.publications = publications;
    }

    @Override
    public void request(long publicationId, List<Wanted> files, long signKeyId, StatelessSession session) {
        boolean asked = Sql.exists(session, """
                select 1 from sign_task st join task t on t.id = st.task_id
                where st.publication_id = ? and t.state in ('blocked', 'ready', 'running', 'cancelling')""", publicationId);
        if (asked) {
            return;
        }
        var key = keys.get(signKeyId, session);
        var unusable = key.whyNotUsableAt(clock.instant());
        if (unusable.isPresent()) {
            // no worker's signature would be taken, so none is asked for
            publications.failed(publicationId, "its metadata cannot be signed: " + unusable.get(), session);
            return;
        }
        long id = tasks.add(SignTasks.OF_METADATA, key, null, publicationId, owner(session), PRIORITY, session);
        Payloads.add(
                id,
                files.stream()
                        .map(f -> new Payloads.New(
                                f.form() == Form.DETACHED ? PayloadKind.DETACHED : PayloadKind.CLEARSIGNED,
                                f.path(),
                                f.sha256(),
                                0,
                                f.size(),
                                f.sha256(),
                                null,
                                null,
                                f.signaturePath()))
                        .toList(),
                session);
    }

    /** The service's own account, in whose turn metadata is signed. */
    private long owner(StatelessSession session) {
        return Sql.number(session, """
                insert into app_user (username, kind, created_at) values (?, 'service', ?)
                on conflict (username) do update set username = excluded.username returning id""", OWNER, clock.instant());
    }

    void complete(long publicationId, long taskId, StatelessSession session) {
        var signatures = new HashMap<String, Blob>();
        Sql.list(
                session,
                """
                select sp.signature_path, b.sha256, b.size
                from sign_payload sp join blob b on b.sha256 = sp.signed_blob_sha256 where sp.task_id = ?""",
                row -> signatures.put(row.text("signature_path"), new Blob(row.text("sha256"), row.number("size"))),
                taskId);
        publications.signed(publicationId, signatures, session);
    }

    void fail(long publicationId, String reason, StatelessSession session) {
        publications.failed(publicationId, reason, session);
    }
}
