package dev.slipway.server.repositories;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/**
 * Makes repositories and changes what is in them. A version is made only when the set of packages changes; changes of one
 * repository wait for each other.
 */
public final class Repositories {

    private static final String COLUMNS = """
            id, name, arch, type, debug, kind, production, url, platform_id, distribution_id, build_id, sign_key_id,
            options, current_version, revision, created_at""";

    private final Clock clock;
    private final MembershipRules rules = new MembershipRules();

    public Repositories(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a repository; unless it is a remote one, with an empty version 1.
     *
     * @throws dev.slipway.server.http.ProblemException 409 when the name is taken for this arch, type and debug
     */
    public StoredRepository create(NewRepository wanted, StatelessSession session) {
        boolean remote = wanted.kind() == RepositoryKind.REMOTE;
        var now = clock.instant();
        long id = Sql.one(
                        session,
                        """
                        insert into repository (name, arch, type, debug, kind, production, url, platform_id, distribution_id,
                            build_id, sign_key_id, options, current_version, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (name, arch, type, debug) do nothing
                        returning id""",
                        row -> row.number("id"),
                        wanted.name(),
                        wanted.arch(),
                        wanted.type().word(),
                        wanted.debug(),
                        wanted.kind().word(),
                        wanted.production(),
                        wanted.url(),
                        wanted.platformId(),
                        wanted.distributionId(),
                        wanted.buildId(),
                        wanted.signKeyId(),
                        Json.mapper().<JsonNode>valueToTree(wanted.options()),
                        remote ? 0 : 1,
                        now)
                .orElseThrow(() -> RepositoryProblems.nameTaken(wanted));
        if (!remote) {
            Sql.update(session, """
                    insert into repository_version (repository_id, number, content_hash, package_count, reason, created_at)
                    values (?, 1, ?, 0, 'created', ?)""", id, new ContentHash().finish(), now.truncatedTo(ChronoUnit.SECONDS));
        }
        return get(id, session);
    }

    /** The repository of that id, if there is one. */
    public Optional<StoredRepository> find(long id, StatelessSession session) {
        return Sql.one(session, "select " + COLUMNS + " from repository where id = ?", this::read, id);
    }

    /** The repository of that id, which must exist. */
    public StoredRepository get(long id, StatelessSession session) {
        return find(id, session).orElseThrow(() -> RepositoryProblems.unknown(id));
    }

    /** The repositories of those ids, by id. */
    public List<StoredRepository> get(Collection<Long> ids, StatelessSession session) {
        return Sql.list(
                session,
                "select " + COLUMNS + " from repository where id = any(?::bigint[]) order by id",
                this::read,
                ids);
    }

    /** The repositories made for a build. */
    public List<StoredRepository> ofBuild(long buildId, StatelessSession session) {
        return Sql.list(
                session, "select " + COLUMNS + " from repository where build_id = ? order by id", this::read, buildId);
    }

    /**
     * Puts packages in and takes packages out, as one new version. What is there already, and what is not there to be taken
     * out, changes nothing; a package named in both lists stays in or comes in.
     *
     * @param reason one line, kept with the version
     * @return the number of the version that has exactly this: the former one when nothing changed
     * @throws dev.slipway.server.http.ProblemException 409 when the set would hold one identity or one file name with
     *     different bytes; 422 when a package is unknown or of another type; nothing is changed then
     */
    public int change(
            long repositoryId, Collection<Long> add, Collection<Long> remove, String reason, StatelessSession session) {
        int version = draft(repositoryId, add, remove, reason, session);
        if (!adopt(repositoryId, version, session)) {
            throw new IllegalStateException("the lock on repository " + repositoryId + " did not hold");
        }
        return version;
    }

    /**
     * As {@link #change}, but the version is only drawn up: it can be published, and nobody else sees it until it is {@link
     * #adopt adopted}. Drafts take numbers of their own; several can be made from one version, of which one can be adopted.
     *
     * @return the draft's number; the current version's when nothing would change
     */
    public int draft(
            long repositoryId, Collection<Long> add, Collection<Long> remove, String reason, StatelessSession session) {
        StoredRepository repository = lock(repositoryId, session);
        List<Long> leaving = Sql.list(session, """
                select package_id from repository_package
                where repository_id = ? and removed_in is null and package_id = any(?::bigint[]) and package_id <> all(?::bigint[])""", row -> row.number(1), repositoryId, remove, add);
        List<Long> coming = Sql.list(session, """
                select distinct wanted.id from unnest(?::bigint[]) as wanted(id)
                where not exists (select from repository_package rp
                    where rp.repository_id = ? and rp.removed_in is null and rp.package_id = wanted.id)""", row -> row.number(1), add, repositoryId);
        return draft(repository, coming, leaving, reason, session);
    }

    /** As {@link #draft}, of a version with exactly these packages. */
    public int draftExactly(long repositoryId, Collection<Long> packages, String reason, StatelessSession session) {
        StoredRepository repository = lock(repositoryId, session);
        List<Long> leaving = Sql.list(session, """
                select package_id from repository_package
                where repository_id = ? and removed_in is null and package_id <> all(?::bigint[])""", row -> row.number(1), repositoryId, packages);
        List<Long> coming = Sql.list(session, """
                select distinct wanted.id from unnest(?::bigint[]) as wanted(id)
                where not exists (select from repository_package rp
                    where rp.repository_id = ? and rp.removed_in is null and rp.package_id = wanted.id)""", row -> row.number(1), packages, repositoryId);
        return draft(repository, coming, leaving, reason, session);
    }

    private int draft(
            StoredRepository repository,
            List<Long> coming,
            List<Long> leaving,
            String reason,
            StatelessSession session) {
        if (leaving.isEmpty() && coming.isEmpty()) {
            return repository.currentVersion();
        }
        rules.check(repository, coming, leaving, session);
        return insertDraft(repository, coming, leaving, reason, session);
    }

    /**
     * Makes a draft the current version. Its channel is the caller's business.
     *
     * @return false when the repository has changed since the draft was made, or it was adopted and changed again: then
     *     nothing is done
     */
    public boolean adopt(long repositoryId, int draft, StatelessSession session) {
        StoredRepository repository = lock(repositoryId, session);
        if (repository.currentVersion() == draft) {
            return true;
        }
        Sql.update(session, """
                update repository_package rp set removed_in = v.number
                from repository_version v
                where v.repository_id = ? and v.number = ? and v.draft_of = ?
                  and rp.repository_id = v.repository_id and rp.removed_in is null and rp.package_id = any(v.draft_remove)""", repositoryId, draft, repository.currentVersion());
        Sql.update(session, """
                insert into repository_package (repository_id, package_id, nevra, added_in)
                select v.repository_id, p.id, p.nevra, v.number
                from repository_version v join package p on p.id = any(v.draft_add)
                where v.repository_id = ? and v.number = ? and v.draft_of = ?""", repositoryId, draft, repository.currentVersion());
        boolean adopted = Sql.update(session, """
                update repository_version set draft_of = null, draft_add = null, draft_remove = null
                where repository_id = ? and number = ? and draft_of = ?""", repositoryId, draft, repository.currentVersion()) > 0;
        if (adopted) {
            Sql.update(session, "update repository set current_version = ? where id = ?", draft, repositoryId);
        }
        return adopted;
    }

    /** Holds a repository against changes of its content by others. */
    public StoredRepository lock(long id, StatelessSession session) {
        StoredRepository repository = Sql.one(
                        session,
                        "select " + COLUMNS + " from repository where id = ? for no key update",
                        this::read,
                        id)
                .orElseThrow(() -> RepositoryProblems.unknown(id));
        if (repository.kind() == RepositoryKind.REMOTE) {
            throw RepositoryProblems.notOurs(repository);
        }
        return repository;
    }

    private int insertDraft(
            StoredRepository repository,
            List<Long> coming,
            List<Long> leaving,
            String reason,
            StatelessSession session) {
        ContentHash hash = new ContentHash();
        int[] count = {0};
        Sql.each(
                session,
                """
                select sha256 from (
                    select p.blob_sha256 as sha256 from repository_package rp join package p on p.id = rp.package_id
                    where rp.repository_id = ? and rp.removed_in is null and rp.package_id <> all(?::bigint[])
                    union all
                    select p.blob_sha256 from package p where p.id = any(?::bigint[])) member
                order by sha256 collate "C\"""",
                row -> {
                    hash.add(row.text("sha256"));
                    count[0]++;
                },
                repository.id(),
                leaving,
                coming);
        return (int) Sql.number(
                session,
                """
                insert into repository_version (repository_id, number, content_hash, package_count, reason, created_at,
                    draft_of, draft_add, draft_remove)
                select ?, max(number) + 1, ?, ?, ?, ?, ?, ?::bigint[], ?::bigint[]
                from repository_version where repository_id = ? returning number""",
                repository.id(),
                hash.finish(),
                count[0],
                reason,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                repository.currentVersion(),
                coming,
                leaving,
                repository.id());
    }

    private StoredRepository read(Row row) throws SQLException {
        return new StoredRepository(
                row.number("id"),
                row.text("name"),
                row.text("arch"),
                RepositoryType.of(row.text("type")),
                row.flag("debug"),
                RepositoryKind.of(row.text("kind")),
                row.flag("production"),
                row.textOrNull("url"),
                row.numberOrNull("platform_id"),
                row.numberOrNull("distribution_id"),
                row.numberOrNull("build_id"),
                row.numberOrNull("sign_key_id"),
                Json.mapper().convertValue(row.json("options"), RepositoryOptions.class),
                row.integer("current_version"),
                row.integer("revision"),
                row.instant("created_at"));
    }
}
