package dev.slipway.server.publications;

import dev.slipway.packages.PackagePath;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.repositories.RepositoryType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Finds the bytes behind the paths of publications: their metadata, and the packages it names. */
public final class PublishedFiles {

    /** The packages of a publication, whether of a repository's version or of a content set. */
    private static final String IN_PUBLICATION = """
            (exists (select from publication pb join repository_package rp on rp.repository_id = pb.repository_id
                where pb.id = ? and rp.package_id = p.id and rp.added_in <= pb.version
                  and (rp.removed_in is null or rp.removed_in > pb.version))
            or exists (select from publication pb join content_set s on s.id = pb.content_set_id
                where pb.id = ? and p.id = any(s.package_ids)))""";

    /** A metadata file of a publication. */
    public Optional<Blob> metadata(long publicationId, String path, StatelessSession session) {
        return Sql.one(
                session,
                "select blob_sha256, size from publication_file where publication_id = ? and path = ?",
                PublishedFiles::blob,
                publicationId,
                path);
    }

    /** A file of a package that a publication names, under the one path where it stands. */
    public Optional<Blob> packageFile(long publicationId, RepositoryType type, String path, StatelessSession session) {
        String fileName = path.substring(path.lastIndexOf('/') + 1);
        if (fileName.isEmpty()) {
            return Optional.empty();
        }
        return type == RepositoryType.RPM
                ? rpm(publicationId, path, fileName, session)
                : deb(publicationId, path, fileName, session);
    }

    private static Optional<Blob> rpm(long publicationId, String path, String fileName, StatelessSession session) {
        if (!path.equals(PackagePath.rpm(fileName))) {
            return Optional.empty();
        }
        return Sql.one(
                session,
                "select p.blob_sha256, p.size from package p where p.format = 'rpm' and p.file_name = ? and "
                        + IN_PUBLICATION + " limit 1",
                PublishedFiles::blob,
                fileName,
                publicationId,
                publicationId);
    }

    private static Optional<Blob> deb(long publicationId, String path, String fileName, StatelessSession session) {
        record Found(Blob blob, String sourceName) {}
        return Sql.list(
                        session,
                        """
                        select p.blob_sha256, p.size, p.source_name from package p
                        where p.format = 'deb' and p.file_name = ? and """ + " " + IN_PUBLICATION + """
                         union
                        select m.blob_sha256, m.size, p.source_name
                        from package_member m join package p on p.id = m.package_id
                        where m.file_name = ? and """ + " " + IN_PUBLICATION,
                        row -> new Found(blob(row), row.text("source_name")),
                        fileName,
                        publicationId,
                        publicationId,
                        fileName,
                        publicationId,
                        publicationId)
                .stream()
                .filter(found -> path.equals(PackagePath.deb(found.sourceName(), fileName)))
                .map(Found::blob)
                .findFirst();
    }

    /** A file of a publication. */
    public record Published(String path, Blob blob) {}

    /** The metadata files of a publication. */
    public List<Published> allMetadata(long publicationId, StatelessSession session) {
        return Sql.list(
                session,
                "select path, blob_sha256, size from publication_file where publication_id = ? order by path",
                row -> new Published(row.text("path"), blob(row)),
                publicationId);
    }

    /** All files of the packages that a publication names. */
    public List<Published> allPackageFiles(long publicationId, RepositoryType type, StatelessSession session) {
        return Sql.list(
                session,
                """
                with content as (select p.* from package p where """ + " " + IN_PUBLICATION + """
                )
                select file_name, source_name, blob_sha256, size from content
                union
                select m.file_name, c.source_name, m.blob_sha256, m.size
                from package_member m join content c on c.id = m.package_id
                order by file_name""",
                row -> new Published(
                        type == RepositoryType.RPM
                                ? PackagePath.rpm(row.text("file_name"))
                                : PackagePath.deb(row.text("source_name"), row.text("file_name")),
                        blob(row)),
                publicationId,
                publicationId);
    }

    private static Blob blob(Row row) throws SQLException {
        return new Blob(row.text("blob_sha256"), row.number("size"));
    }
}
