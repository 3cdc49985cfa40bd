package dev.slipway.server.repositories;

import dev.slipway.api.repositories.RepositoryPackage;
import dev.slipway.api.repositories.RepositoryVersion;
import dev.slipway.packages.PackagePath;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** What repositories hold, and held: any version can be listed. */
public final class RepositoryHistory {

    private static final String IN_VERSION =
            " rp.repository_id = ? and rp.added_in <= ? and (rp.removed_in is null or rp.removed_in > ?) ";

    /** Versions older than {@code beforeNumber}, newest first. */
    public List<RepositoryVersion> versions(
            long repositoryId, long beforeNumber, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                """
                select v.*,
                    (select count(*) from repository_package rp
                     where rp.repository_id = v.repository_id and rp.added_in = v.number) as added,
                    (select count(*) from repository_package rp
                     where rp.repository_id = v.repository_id and rp.removed_in = v.number) as removed
                from repository_version v where v.repository_id = ? and v.number < ? and v.draft_of is null
                order by v.number desc offset ? limit ?""",
                row -> new RepositoryVersion(
                        row.integer("number"),
                        row.text("content_hash"),
                        row.integer("package_count"),
                        row.integer("added"),
                        row.integer("removed"),
                        row.text("reason"),
                        row.instant("created_at")),
                repositoryId,
                beforeNumber,
                offset,
                limit);
    }

    public long countVersions(long repositoryId, StatelessSession session) {
        return Sql.number(
                session,
                "select count(*) from repository_version where repository_id = ? and draft_of is null",
                repositoryId);
    }

    /** How many packages a version has; empty when there is no such version. */
    public Optional<Integer> size(long repositoryId, int version, StatelessSession session) {
        return Sql.one(
                session,
                "select package_count from repository_version where repository_id = ? and number = ? and draft_of is null",
                row -> row.integer("package_count"),
                repositoryId,
                version);
    }

    /** Packages of a version behind {@code afterId}, by id. */
    public List<RepositoryPackage> packages(
            long repositoryId, int version, long afterId, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                "select p.* from repository_package rp join package p on p.id = rp.package_id where" + IN_VERSION
                        + "and rp.package_id > ? order by rp.package_id offset ? limit ?",
                RepositoryHistory::read,
                repositoryId,
                version,
                version,
                afterId,
                offset,
                limit);
    }

    private static RepositoryPackage read(Row row) throws SQLException {
        String fileName = row.text("file_name");
        String source = row.text("source_name");
        return new RepositoryPackage(
                row.number("id"),
                row.text("name"),
                row.integerOrNull("epoch"),
                row.text("version"),
                row.textOrNull("release"),
                row.text("arch"),
                row.text("nevra"),
                source,
                row.text("summary"),
                row.text("format").equals("rpm") ? PackagePath.rpm(fileName) : PackagePath.deb(source, fileName),
                row.text("blob_sha256"),
                row.number("size"));
    }
}
