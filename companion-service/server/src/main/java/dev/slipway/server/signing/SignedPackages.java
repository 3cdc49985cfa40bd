package dev.slipway.server.signing;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.PackagePath;
import dev.slipway.packages.deb.Changes;
import dev.slipway.packages.deb.SourceFile;
import dev.slipway.packages.rpmmd.RpmFragments;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Sql;
import dev.slipway.server.signkeys.StoredSignKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes signed files known as packages, and says which key vouches for which package. */
public final class SignedPackages {
    private final Clock clock;
    private final Blobs blobs;

    public SignedPackages(Clock clock, Blobs blobs) {
        this.clock = clock;
        this.blobs = blobs;
    }

    /**
     * The package that is a signed RPM: the copy with this key's signature that is there already, or a new one. The build's
     * row must be locked, so that two signers end up with one copy.
     */
    long copy(SignatureProduct signed, StoredSignKey key, StatelessSession session) {
        var existing = Sql.list(session, """
                select p.id from package p join package_signature ps on ps.package_id = p.id
                where p.origin_id = ? and ps.sign_key_id = ? order by p.id limit 1""", row -> row.number("id"), signed.originId(), key.id());
        return existing.isEmpty() ? make(signed, key, session) : existing.get(0);
    }

    private long make(SignatureProduct signed, StoredSignKey key, StatelessSession session) {
        long id = Sql.number(
                session,
                """
                insert into package (format, name, epoch, version, release, arch, nevra, is_source, is_debug, source_name,
                    summary, file_name, blob_sha256, size, content_digest, origin_id, header, header_start, header_end,
                    created_at)
                select format, name, epoch, version, release, arch, nevra, is_source, is_debug, source_name, summary,
                    file_name, ?, ?, content_digest, id, header, ?, ?, ?
                from package where id = ? returning id""",
                signed.sha256(),
                signed.size(),
                signed.headerStart(),
                signed.headerEnd(),
                clock.instant(),
                signed.originId());
        patchFragments(signed, id, session);
        vouch(id, key, "header", session);
        return id;
    }

    /** The signed file's metadata differs in digest, size and header range alone, so no header is read again. */
    private void patchFragments(SignatureProduct signed, long copy, StatelessSession session) {
        Map<String, byte[]> stored = new HashMap<>();
        Sql.list(
                session,
                "select kind, content from package_fragment where package_id = ?",
                row -> stored.put(row.text("kind"), row.bytes("content")),
                signed.originId());
        var fileName = Sql.one(
                        session, "select file_name from package where id = ?", row -> row.text("file_name"), copy)
                .orElseThrow();
        var served = new RpmFragments.Served(
                signed.sha256(), signed.size(), clock.instant().getEpochSecond(), PackagePath.rpm(fileName));
        var fragments = RpmFragments.ofStored(
                        fragment(stored, "primary"), fragment(stored, "filelists"), fragment(stored, "other"))
                .resigned(
                        served,
                        Objects.requireNonNull(signed.headerStart()),
                        Objects.requireNonNull(signed.headerEnd()));
        Sql.batch(
                session,
                "insert into package_fragment (package_id, kind, content) values (?, ?, ?)",
                List.of(
                        new @Nullable Object[] {copy, "primary", fragments.primary()},
                        new @Nullable Object[] {copy, "filelists", fragments.filelists()},
                        new @Nullable Object[] {copy, "other", fragments.other()}));
    }

    private static byte[] fragment(Map<String, byte[]> stored, String kind) {
        return Objects.requireNonNull(stored.get(kind), () -> "a package lacks its fragment " + kind);
    }

    /**
     * Lets a signed .changes take its artifact's place and vouch for the packages of its task that it names.
     *
     * @return how many those are
     */
    int vouchByChanges(SignatureProduct signed, StoredSignKey key, StatelessSession session) {
        Sql.update(
                session,
                "update artifact set blob_sha256 = ?, size = ? where id = ?",
                signed.sha256(),
                signed.size(),
                signed.artifactId());
        var packages = Sql.list(
                session,
                """
                select distinct p.id from artifact c join artifact a on a.task_id = c.task_id
                  join package p on p.id = a.package_id
                where c.id = ? and p.blob_sha256 = any(?)""",
                row -> row.number("id"),
                signed.artifactId(),
                read(signed).files().stream().map(SourceFile::sha256).toList());
        packages.forEach(id -> vouch(id, key, "changes", session));
        return packages.size();
    }

    private Changes read(SignatureProduct signed) {
        try {
            return Changes.parse(Files.readAllBytes(blobs.path(signed.unsignedSha256())));
        } catch (PackageFormatException e) {
            throw new IllegalStateException(signed.name() + " was read when it was to be signed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + signed.name(), e);
        }
    }

    private void vouch(long packageId, StoredSignKey key, String means, StatelessSession session) {
        Sql.update(session, """
                insert into package_signature (package_id, sign_key_id, means, signed_at) values (?, ?, ?, ?)
                on conflict do nothing""", packageId, key.id(), means, clock.instant());
    }
}
