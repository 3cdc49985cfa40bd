package dev.slipway.server.projects;

import dev.slipway.api.projects.Project;
import dev.slipway.api.projects.ProjectCatalogue;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The tables of catalogues and projects. */
final class ProjectRows {
    private ProjectRows() {}

    /** A catalogue that is to be listed now. */
    record DueCatalogue(String name, String source) {}

    /** A project that is to be asked now, with the time that stands as its next one until it has answered. */
    record DueProject(long id, String cloneUrl, Instant claimedUntil) {}

    /** Brings the catalogues to what the operator says; those of another source than before are listed anew. */
    static void configure(Map<String, String> sources, Instant now, StatelessSession session) {
        Sql.update(session, "delete from project_catalogue where name <> all(?)", sources.keySet());
        sources.forEach((name, source) -> Sql.update(session, """
                insert into project_catalogue as c (name, source, due_at) values (?, ?, ?)
                on conflict (name) do update set source = excluded.source, due_at = excluded.due_at
                 where c.source <> excluded.source
                """, name, source, now));
    }

    /** Takes the catalogues whose time has come, so that nobody else lists them before the given time. */
    static List<DueCatalogue> takeCatalogues(Instant now, Instant next, StatelessSession session) {
        return Sql.list(
                session,
                "update project_catalogue set due_at = ? where due_at <= ? returning name, source",
                row -> new DueCatalogue(row.text("name"), row.text("source")),
                next,
                now);
    }

    static void listingFailed(String catalogue, String error, StatelessSession session) {
        Sql.update(session, "update project_catalogue set error = ? where name = ?", error, catalogue);
    }

    /** Keeps a list. Projects that changed, that are new, or of which the list says nothing are to be asked. */
    static void keepListing(String catalogue, List<Listed> listed, Instant now, StatelessSession session) {
        Map<String, Listed> byName = new LinkedHashMap<>();
        listed.forEach(each -> byName.putIfAbsent(each.name(), each));
        Sql.update(session, "delete from project where catalogue = ? and name <> all(?)", catalogue, byName.keySet());
        Sql.batch(
                session,
                """
                insert into project as p (catalogue, name, clone_url, changed, due_at) values (?, ?, ?, ?, ?)
                on conflict (catalogue, name) do update
                   set clone_url = excluded.clone_url, changed = excluded.changed,
                       due_at = case when p.read_at is null or p.error is not null or p.clone_url <> excluded.clone_url
                                       or excluded.changed is null or p.changed is distinct from excluded.changed
                                     then excluded.due_at else p.due_at end
                """,
                byName.values().stream()
                        .map(each ->
                                new @Nullable Object[] {catalogue, each.name(), each.cloneUrl(), each.changed(), now})
                        .toList());
        Sql.update(session, "update project_catalogue set read_at = ?, error = null where name = ?", now, catalogue);
    }

    /** Takes projects whose time has come, so that nobody else asks them before the given time. */
    static List<DueProject> takeProjects(int most, Instant now, Instant next, StatelessSession session) {
        return Sql.list(
                session,
                """
                update project set due_at = ?
                 where id in (select id from project where due_at <= ? order by due_at, id limit ? for update skip locked)
                returning id, clone_url, due_at
                """,
                row -> new DueProject(row.number("id"), row.text("clone_url"), row.instant("due_at")),
                next,
                now,
                most);
    }

    /** Keeps what a project answered; it is asked again when its list says that it changed. */
    static void keepRefs(DueProject project, GitRefs.Refs refs, Instant now, StatelessSession session) {
        Sql.update(session, """
                update project set tags = ?::text[], branches = ?::text[], read_at = ?, error = null,
                       due_at = case when due_at = ? then null else due_at end
                 where id = ?
                """, refs.tags(), refs.branches(), now, project.claimedUntil(), project.id());
    }

    static void readingFailed(DueProject project, String error, StatelessSession session) {
        Sql.update(session, "update project set error = ? where id = ?", error, project.id());
    }

    static List<ProjectCatalogue> catalogues(StatelessSession session) {
        return Sql.list(
                session,
                """
                select c.name, c.source, c.read_at, c.error, count(p.id) as projects, count(p.error) as failing
                  from project_catalogue c left join project p on p.catalogue = c.name
                 group by c.name order by c.name
                """,
                row -> new ProjectCatalogue(
                        row.text("name"),
                        row.text("source"),
                        row.number("projects"),
                        row.number("failing"),
                        row.instantOrNull("read_at"),
                        row.textOrNull("error")));
    }

    static boolean exists(String catalogue, StatelessSession session) {
        return Sql.exists(session, "select 1 from project_catalogue where name = ?", catalogue);
    }

    static List<Project> projects(String catalogue, String after, long offset, int limit, StatelessSession session) {
        return Sql.list(session, """
                select name, clone_url, tags, branches, read_at, error from project
                 where catalogue = ? and name > ? order by name offset ? limit ?
                """, ProjectRows::project, catalogue, after, offset, limit);
    }

    private static Project project(Row row) throws SQLException {
        return new Project(
                row.text("name"),
                row.text("clone_url"),
                row.texts("tags"),
                row.texts("branches"),
                row.instantOrNull("read_at"),
                row.textOrNull("error"));
    }

    static long count(String catalogue, StatelessSession session) {
        return Sql.number(session, "select count(*) from project where catalogue = ?", catalogue);
    }
}
