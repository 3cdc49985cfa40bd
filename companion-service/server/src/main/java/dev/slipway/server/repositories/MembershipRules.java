package dev.slipway.server.repositories;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * What may be in one repository together: packages of its type, and never two that a client could mistake for each
 * other, for they share an identity or are served under the same file name, yet have other bytes.
 */
final class MembershipRules {

    private record Candidate(String nevra, String format, String arch, boolean source) {}

    /** Refuses a change that breaks a rule; the repository's row must be locked. */
    void check(StoredRepository repository, List<Long> coming, List<Long> leaving, StatelessSession session) {
        if (coming.isEmpty()) {
            return;
        }
        checkCandidates(repository, coming, session);
        checkIdentities(repository, coming, leaving, session);
        checkFileNames(repository, coming, leaving, session);
    }

    private void checkCandidates(StoredRepository repository, List<Long> coming, StatelessSession session) {
        Map<Long, Candidate> known = new HashMap<>();
        Sql.each(
                session,
                "select id, nevra, format, arch, is_source from package where id = any(?::bigint[])",
                row -> known.put(
                        row.number("id"),
                        new Candidate(row.text("nevra"), row.text("format"), row.text("arch"), row.flag("is_source"))),
                coming);
        for (long id : coming) {
            Candidate candidate = known.get(id);
            if (candidate == null) {
                throw RepositoryProblems.unknownPackage(id);
            }
            if (!candidate.format().equals(repository.type().word())) {
                throw RepositoryProblems.otherType(repository, candidate.nevra());
            }
            if (!candidate.source() && !lists(repository, candidate.arch())) {
                throw RepositoryProblems.otherArch(repository, candidate.nevra());
            }
        }
    }

    /** A Debian repository has an index for each of its architectures, and a package of another would be in none. */
    private static boolean lists(StoredRepository repository, String arch) {
        List<String> architectures = repository.options().architectures();
        return architectures == null || architectures.contains(arch) || arch.equals("all");
    }

    private void checkIdentities(
            StoredRepository repository, List<Long> coming, List<Long> leaving, StatelessSession session) {
        refuse(Sql.one(session, """
                select c.nevra, c.file_name, c.blob_sha256, s.nevra as other_nevra, s.blob_sha256 as other_sha256
                from package c join package s on s.nevra = c.nevra and s.id <> c.id
                where c.id = any(?::bigint[]) and (s.id = any(?::bigint[]) or exists (select from repository_package rp
                    where rp.repository_id = ? and rp.nevra = c.nevra and rp.removed_in is null
                      and rp.package_id = s.id and rp.package_id <> all(?::bigint[])))
                order by c.nevra, c.id, s.id limit 1""", row -> conflict(repository, row), coming, coming, repository.id(), leaving));
    }

    /**
     * Files that would be served under one name with different bytes: of the packages themselves and, of Debian source
     * packages, of what belongs to them.
     */
    private void checkFileNames(
            StoredRepository repository, List<Long> coming, List<Long> leaving, StatelessSession session) {
        refuse(Sql.one(
                session,
                """
                with coming as (
                    select p.id, p.nevra, p.file_name, p.blob_sha256 from package p where p.id = any(?::bigint[])
                    union all
                    select p.id, p.nevra, m.file_name, m.blob_sha256
                    from package p join package_member m on m.package_id = p.id where p.id = any(?::bigint[])),
                staying as (
                    select p.id, p.nevra, p.file_name, p.blob_sha256
                    from package p join repository_package rp on rp.package_id = p.id
                    where rp.repository_id = ? and rp.removed_in is null and rp.package_id <> all(?::bigint[])
                      and p.file_name in (select file_name from coming)
                    union all
                    select p.id, p.nevra, m.file_name, m.blob_sha256
                    from package_member m join repository_package rp on rp.package_id = m.package_id
                      join package p on p.id = m.package_id
                    where rp.repository_id = ? and rp.removed_in is null and rp.package_id <> all(?::bigint[])
                      and m.file_name in (select file_name from coming)
                    union all
                    select * from coming)
                select c.nevra, c.file_name, c.blob_sha256, s.nevra as other_nevra, s.blob_sha256 as other_sha256
                from coming c join staying s on s.file_name = c.file_name and s.blob_sha256 <> c.blob_sha256
                order by c.nevra, c.id, s.id limit 1""",
                row -> conflict(repository, row),
                coming,
                coming,
                repository.id(),
                leaving,
                repository.id(),
                leaving));
    }

    private static ProblemException conflict(StoredRepository repository, Row row) throws SQLException {
        return RepositoryProblems.otherBytes(
                repository,
                row.text("file_name"),
                row.text("nevra"),
                row.text("blob_sha256"),
                row.text("other_nevra"),
                row.text("other_sha256"));
    }

    private static void refuse(Optional<ProblemException> problem) {
        if (problem.isPresent()) {
            throw problem.get();
        }
    }
}
