package dev.slipway.server.releases;

import dev.slipway.server.database.Sql;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The repositories that a release changes: what they hold and show before and after. */
final class ReleaseTargets {

    /**
     * A repository of a release.
     *
     * @param toVersion until the switch a draft
     * @param fromPublicationId what an undo shows again
     */
    record Target(
            long repositoryId,
            String repository,
            String arch,
            int currentVersion,
            int fromVersion,
            int toVersion,
            @Nullable Long fromPublicationId,
            @Nullable Long toPublicationId) {

        boolean isPublished() {
            return fromPublicationId != null && toPublicationId != null;
        }
    }

    /** In the order in which their rows are to be locked. */
    List<Target> of(long releaseId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select t.*, r.name, r.arch, r.current_version
                from release_target t join repository r on r.id = t.repository_id
                where t.release_id = ? order by t.repository_id""",
                row -> new Target(
                        row.number("repository_id"),
                        row.text("name"),
                        row.text("arch"),
                        row.integer("current_version"),
                        row.integer("from_version"),
                        row.integer("to_version"),
                        row.numberOrNull("from_publication_id"),
                        row.numberOrNull("to_publication_id")),
                releaseId);
    }

    void clear(long releaseId, StatelessSession session) {
        Sql.update(session, "delete from release_target where release_id = ?", releaseId);
    }

    void add(long releaseId, long repositoryId, int fromVersion, int toVersion, StatelessSession session) {
        Sql.update(
                session,
                "insert into release_target (release_id, repository_id, from_version, to_version) values (?, ?, ?, ?)",
                releaseId,
                repositoryId,
                fromVersion,
                toVersion);
    }

    /** Notes the publications of both versions. */
    void setPublications(long releaseId, long repositoryId, long from, long to, StatelessSession session) {
        Sql.update(session, """
                update release_target set from_publication_id = ?, to_publication_id = ?
                where release_id = ? and repository_id = ?""", from, to, releaseId, repositoryId);
    }

    /**
     * What a repository's channel shows, if that is exactly what the version holds: it may be the publication of an earlier
     * version that an undo has brought back.
     */
    @Nullable
    Long shown(long repositoryId, int version, StatelessSession session) {
        return Sql.one(session, """
                        select p.id from channel c join publication p on p.id = c.publication_id
                        join repository_version shown on shown.repository_id = p.repository_id and shown.number = p.version
                        join repository_version v on v.repository_id = c.repository_id and v.number = ?
                        where c.repository_id = ? and shown.content_hash = v.content_hash""", row -> row.number("id"), version, repositoryId)
                .orElse(null);
    }

    /** The states of all publications of a release, with the errors of those that failed. */
    List<PublicationState> publications(long releaseId, StatelessSession session) {
        return Sql.list(
                session, """
                select distinct p.id, p.state, p.error from release_target t
                join publication p on p.id in (t.from_publication_id, t.to_publication_id)
                where t.release_id = ? order by p.id""", row -> new PublicationState(row.text("state"), row.textOrNull("error")), releaseId);
    }

    record PublicationState(String state, @Nullable String error) {}
}
