package dev.slipway.server.blobs;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Blobs that callers keep under names of their choice. */
public final class NamedBlobs {
    /** Plain file names: nothing that could be read as a way to somewhere else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~@:-]{0,199}");

    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,60}");
    private static final String ANY = "application/octet-stream";

    /** A name and what it stands for. */
    record Named(String name, Blob blob, String mediaType) {}

    private final Clock clock;
    private final Audit audit;

    public NamedBlobs(Clock clock, Audit audit) {
        this.clock = clock;
        this.audit = audit;
    }

    /** Refuses names that are more than a name. */
    static void check(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw ProblemException.badRequest(
                    "a blob's name has 1 to 200 letters, digits and ._+~@:- , begins with a letter or digit and has no '..'");
        }
    }

    /** What browsers and tools may take the bytes for: plain bytes unless the sender named a well-formed type. */
    static String mediaType(@Nullable String contentType) {
        String plain = contentType == null ? ANY : contentType.split(";", 2)[0].strip();
        return MEDIA_TYPE.matcher(plain).matches() ? plain : ANY;
    }

    Optional<Named> find(StatelessSession session, String name) {
        return Sql.one(
                session,
                "select n.name, b.sha256, b.size, n.media_type from named_blob n join blob b using (sha256) where n.name = ?",
                row -> new Named(
                        row.text("name"), new Blob(row.text("sha256"), row.number("size")), row.text("media_type")),
                name);
    }

    /** What the name stands for, null when it is not taken; nobody else changes it in the session's transaction. */
    @Nullable
    String lockedDigest(StatelessSession session, String name) {
        return Sql.one(
                        session,
                        "select sha256 from named_blob where name = ? for no key update",
                        row -> row.text("sha256"),
                        name)
                .orElse(null);
    }

    /** Makes the name stand for the blob from now on; answers whether it is new. */
    boolean assign(StatelessSession session, Caller caller, Named named) {
        Optional<Named> before = find(session, named.name());
        Sql.update(
                session,
                "insert into named_blob (name, sha256, media_type, owner_id, created_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (name) do update set sha256 = excluded.sha256, media_type = excluded.media_type,"
                        + " owner_id = excluded.owner_id, created_at = excluded.created_at",
                named.name(),
                named.blob().sha256(),
                named.mediaType(),
                caller.userId(),
                clock.instant());
        audit.record(session, caller, "put", "blob", named.name(), before.orElse(null), named);
        return before.isEmpty();
    }

    void remove(StatelessSession session, Caller caller, String name) {
        Named named = find(session, name).orElseThrow(() -> ProblemException.notFound("blob", name));
        Sql.update(session, "delete from named_blob where name = ?", name);
        audit.record(session, caller, "delete", "blob", name, named, null);
    }
}
