package dev.slipway.server.signing;

import dev.slipway.packages.PackageFormatException;
import dev.slipway.packages.deb.Changes;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.signkeys.StoredSignKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * What of a build is to be signed: the main header of every RPM, as a range of its stored file, and of every Debian task
 * the {@code .changes}, which vouches for the packages it names by digest.
 */
public final class BuildPayloads {
    private static final long LARGEST_CHANGES = 4L << 20;

    private final Blobs blobs;

    public BuildPayloads(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * A file of a succeeded build task.
     *
     * @param originId of a package: its unsigned form
     * @param unsignedSha256 of another file: as it was before it was first signed
     * @param signed whether the key has signed it already; another build's equal file does not count
     */
    private record File(
            long artifactId,
            String name,
            String type,
            long taskId,
            String arch,
            long platformId,
            String platform,
            String format,
            String unsignedSha256,
            long unsignedSize,
            @Nullable Long originId,
            @Nullable String originSha256,
            @Nullable Long headerStart,
            @Nullable Long headerEnd,
            @Nullable String contentDigest,
            boolean signed) {

        static File read(Row row) throws SQLException {
            return new File(
                    row.number("artifact_id"),
                    row.text("name"),
                    row.text("type"),
                    row.number("task_id"),
                    row.text("arch"),
                    row.number("platform_id"),
                    row.text("platform"),
                    row.text("format"),
                    row.text("unsigned_sha256"),
                    row.number("unsigned_size"),
                    row.numberOrNull("origin_id"),
                    row.textOrNull("origin_sha256"),
                    row.numberOrNull("header_start"),
                    row.numberOrNull("header_end"),
                    row.textOrNull("content_digest"),
                    row.flag("signed"));
        }

        boolean isPackage() {
            return originId != null;
        }

        String path() {
            return platform + "/" + arch + "/" + name;
        }
    }

    /** @throws ProblemException 400 without packages, 409 when all are signed, 422 when the key is not for the platform */
    List<Payloads.New> of(long buildId, StoredSignKey key, StatelessSession session) {
        var files = files(buildId, key, session);
        if (files.stream().noneMatch(File::isPackage)) {
            throw ProblemException.badRequest(
                    "build " + buildId + " has no packages to sign: none of its tasks succeeded with any");
        }
        var mine = files.stream().filter(f -> key.isFor(f.platformId())).toList();
        if (mine.stream().noneMatch(File::isPackage)) {
            throw ProblemException.unprocessable("key " + key.keyid() + " is not for the platforms of build " + buildId
                    + ": " + files.stream().map(File::platform).distinct().collect(Collectors.joining(", ")));
        }
        var payloads = new ArrayList<Payloads.New>();
        payloads.addAll(headers(mine));
        payloads.addAll(changes(mine));
        if (payloads.isEmpty()) {
            throw ProblemException.conflict("build " + buildId + " is signed with key " + key.keyid() + " already");
        }
        return payloads;
    }

    private static List<File> files(long buildId, StoredSignKey key, StatelessSession session) {
        return Sql.list(session, """
                select f.*, b.size as unsigned_size from (
                  select a.id as artifact_id, a.name, a.type, bt.task_id, bt.arch, pl.id as platform_id,
                         pl.name as platform, pl.type as format,
                         coalesce((select sp.blob_sha256 from sign_payload sp where sp.artifact_id = a.id
                                   order by sp.id limit 1), a.blob_sha256) as unsigned_sha256,
                         o.id as origin_id, o.blob_sha256 as origin_sha256, o.header_start, o.header_end,
                         o.content_digest,
                         case when p.id is not null
                           then exists (select 1 from package_signature ps
                                        where ps.package_id = p.id and ps.sign_key_id = k.id)
                           else exists (select 1 from sign_payload sp join sign_task st on st.task_id = sp.task_id
                                          join task done on done.id = st.task_id and done.state = 'succeeded'
                                        where sp.artifact_id = a.id and st.sign_key_id = k.id) end as signed
                  from build_task bt
                    join sign_key k on k.id = ?
                    join task t on t.id = bt.task_id
                    join platform pl on pl.id = bt.platform_id
                    join artifact a on a.task_id = bt.task_id
                    left join package p on p.id = a.package_id
                    left join package o on o.id = coalesce(p.origin_id, p.id)
                  where bt.build_id = ? and t.state in ('succeeded', 'excluded')) f
                join blob b on b.sha256 = f.unsigned_sha256
                order by f.task_id, f.name""", File::read, key.id(), buildId);
    }

    private static List<Payloads.New> headers(List<File> files) {
        Map<Long, File> distinct = new LinkedHashMap<>();
        files.stream()
                .filter(f -> f.format().equals("rpm") && f.isPackage() && !f.signed())
                .forEach(f -> distinct.putIfAbsent(Objects.requireNonNull(f.originId()), f));
        return distinct.values().stream()
                .map(f -> new Payloads.New(
                        PayloadKind.RPM_HEADER,
                        f.path(),
                        Objects.requireNonNull(f.originSha256()),
                        Objects.requireNonNull(f.headerStart()),
                        Objects.requireNonNull(f.headerEnd()),
                        // an RPM's content digest is the SHA-256 of its main header: these very bytes
                        Objects.requireNonNull(f.contentDigest()),
                        f.originId(),
                        null,
                        null))
                .toList();
    }

    private List<Payloads.New> changes(List<File> files) {
        Map<Long, List<File>> byTask = files.stream()
                .filter(f -> f.format().equals("deb"))
                .collect(Collectors.groupingBy(File::taskId, LinkedHashMap::new, Collectors.toList()));
        var payloads = new ArrayList<Payloads.New>();
        for (var task : byTask.values()) {
            var changes = task.stream().filter(f -> f.type().equals("changes")).toList();
            boolean unsigned = changes.stream().anyMatch(f -> !f.signed())
                    || task.stream().anyMatch(f -> f.isPackage() && !f.signed());
            if (unsigned) {
                requireNamed(task, changes);
                changes.forEach(f -> payloads.add(new Payloads.New(
                        PayloadKind.CLEARSIGNED,
                        f.path(),
                        f.unsignedSha256(),
                        0,
                        f.unsignedSize(),
                        f.unsignedSha256(),
                        null,
                        f.artifactId(),
                        null)));
            }
        }
        return payloads;
    }

    /** A package that no .changes names would stay without a voucher, and nobody would notice. */
    private void requireNamed(List<File> task, List<File> changes) {
        Set<String> named = new HashSet<>();
        changes.forEach(f -> read(f).files().forEach(each -> named.add(each.sha256())));
        for (var file : task) {
            if (file.isPackage() && !named.contains(file.originSha256())) {
                throw ProblemException.conflict(
                        file.path() + " cannot be signed: no .changes of its task names its SHA-256");
            }
        }
    }

    private Changes read(File changes) {
        if (changes.unsignedSize() > LARGEST_CHANGES) {
            throw ProblemException.conflict(changes.path() + " is too large for a .changes file");
        }
        try {
            return Changes.parse(Files.readAllBytes(blobs.path(changes.unsignedSha256())));
        } catch (PackageFormatException e) {
            throw ProblemException.conflict(changes.path() + " cannot be signed: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + changes.path(), e);
        }
    }
}
