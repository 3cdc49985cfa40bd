package dev.slipway.server.publications;

import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.StatelessSession;

/** The packages a publication is made of. */
sealed interface Content {

    /**
     * A package as the assembly sees it.
     *
     * @param arch {@code noarch} or {@code all} too; of a source package whatever it says
     */
    record Entry(long id, String sha256, String arch, boolean source) {}

    /** All packages, by name: the order they have in the metadata. */
    List<Entry> entries(StatelessSession session);

    /** A repository's version, or what is drafted to be one. */
    record OfVersion(long repositoryId, int version) implements Content {
        @Override
        public List<Entry> entries(StatelessSession session) {
            return Sql.list(session, """
                    select p.id, p.blob_sha256, p.arch, p.is_source
                    from (select rp.package_id from repository_version v
                            join repository_package rp on rp.repository_id = v.repository_id
                              and rp.added_in <= coalesce(v.draft_of, v.number)
                              and (rp.removed_in is null or rp.removed_in > coalesce(v.draft_of, v.number))
                          where v.repository_id = ? and v.number = ?
                            and (v.draft_remove is null or rp.package_id <> all(v.draft_remove))
                          union all
                          select unnest(v.draft_add) from repository_version v
                          where v.repository_id = ? and v.number = ?) member
                    join package p on p.id = member.package_id
                    order by p.name collate "C", p.id""", Content::entry, repositoryId, version, repositoryId, version);
        }
    }

    /** A set that a compose was resolved to. */
    record OfSet(long contentSetId) implements Content {
        @Override
        public List<Entry> entries(StatelessSession session) {
            return Sql.list(session, """
                    select p.id, p.blob_sha256, p.arch, p.is_source
                    from content_set s cross join unnest(s.package_ids) as member(id) join package p on p.id = member.id
                    where s.id = ?
                    order by p.name collate "C", p.id""", Content::entry, contentSetId);
        }
    }

    private static Entry entry(Row row) throws SQLException {
        return new Entry(row.number("id"), row.text("blob_sha256"), row.text("arch"), row.flag("is_source"));
    }
}
