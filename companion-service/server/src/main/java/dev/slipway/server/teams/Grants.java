package dev.slipway.server.teams;

import dev.slipway.api.identity.Grant;
import dev.slipway.api.identity.GrantRequest;
import dev.slipway.api.identity.Role;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.identity.Administrators;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.GrantedRights;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Gives roles to users and teams and takes them away. Methods take part in their caller's transaction. */
final class Grants {
    private static final String SELECT = """
            select g.id, g.role, u.username, t.name as team, d.name as distribution, b.username as granted_by, g.granted_at
            from role_grant g left join app_user u on u.id = g.user_id left join team t on t.id = g.team_id
            left join distribution d on d.id = g.distribution_id left join app_user b on b.id = g.granted_by
            """;
    private static final String WHERE = """
             where (?::text is null or g.role = ?) and (?::text is null or u.username = ?)
              and (?::text is null or t.name = ?) and (?::text is null or d.name = ?)
            """;

    private final Clock clock;
    private final GrantedRights rights;
    private final Audit audit;

    Grants(Clock clock, GrantedRights rights, Audit audit) {
        this.clock = clock;
        this.rights = rights;
        this.audit = audit;
    }

    /** Which grants are wanted; an absent member selects all. */
    record Filter(
            @Nullable String role,
            @Nullable String user,
            @Nullable String team,
            @Nullable String distribution) {

        private @Nullable Object[] and(@Nullable Object... more) {
            @Nullable Object[] all = new @Nullable Object[8 + more.length];
            @Nullable Object[] own = {role, role, user, user, team, team, distribution, distribution};
            System.arraycopy(own, 0, all, 0, own.length);
            System.arraycopy(more, 0, all, own.length, more.length);
            return all;
        }
    }

    /** Grants of lower ids than {@code before}, newest first. */
    List<Grant> list(Filter filter, long before, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + WHERE + " and g.id < ? order by g.id desc offset ? limit ?",
                Grants::read,
                filter.and(before, offset, limit));
    }

    long count(Filter filter, StatelessSession session) {
        return Sql.number(
                session,
                "select count(*) from role_grant g left join app_user u on u.id = g.user_id"
                        + " left join team t on t.id = g.team_id left join distribution d on d.id = g.distribution_id"
                        + WHERE,
                filter.and());
    }

    Grant create(GrantRequest request, Caller caller, StatelessSession session) {
        Role role = Role.named(request.role()).orElse(null);
        Violations violations = new Violations()
                .check(role != null, "/role", "is not the name of a role")
                .check((request.user() == null) != (request.team() == null), "/user", "say either a user or a team")
                .check(
                        role == null || request.distribution() == null || isOfUseOnADistribution(role),
                        "/distribution",
                        "the role " + request.role() + " does nothing on a distribution: grant it everywhere");
        Long user = id("app_user where username", request.user(), "/user", "user", violations, session);
        Long team = id("team where name", request.team(), "/team", "team", violations, session);
        Long distribution = id(
                "distribution where name",
                request.distribution(),
                "/distribution",
                "distribution",
                violations,
                session);
        violations.throwIfAny();
        GivenRights.requireAllOf(List.of(new GivenRights(Objects.requireNonNull(role), distribution)), caller);
        long id = insert(role, user, team, distribution, caller, session);
        bound(user, team, session);
        rights.changed(session);
        Grant made = get(id, session);
        audit.record(session, caller, "create", "grant", id, null, made);
        return made;
    }

    private static boolean isOfUseOnADistribution(Role role) {
        return role == Role.READER || role.actsOnDistributions();
    }

    private long insert(
            Role role,
            @Nullable Long user,
            @Nullable Long team,
            @Nullable Long distribution,
            Caller caller,
            StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        insert into role_grant (role, user_id, team_id, distribution_id, granted_by, granted_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing returning id""",
                        row -> row.number("id"),
                        role.word(),
                        user,
                        team,
                        distribution,
                        caller.userId(),
                        clock.instant())
                .orElseThrow(() -> ProblemException.of(
                        "already-exists",
                        409,
                        "It exists already",
                        "the role " + role.word() + " was granted so before"));
    }

    /** From now on the rights of a service come from grants. */
    private static void bound(@Nullable Long user, @Nullable Long team, StatelessSession session) {
        if (user != null) {
            Sql.update(session, "update app_user set governed = true where id = ? and kind = 'service'", user);
        }
        if (team != null) {
            Members.bound(team, session);
        }
    }

    /** @param source a table and the column of its names; written here, never by a caller */
    private static @Nullable Long id(
            String source,
            @Nullable String name,
            String pointer,
            String kind,
            Violations violations,
            StatelessSession session) {
        if (name == null) {
            return null;
        }
        Long id = Sql.one(session, "select id from " + source + " = ?", row -> row.number("id"), name)
                .orElse(null);
        violations.check(id != null, pointer, "there is no " + kind + " " + name);
        return id;
    }

    /** Takes a role away, at once. */
    void remove(long id, Caller caller, StatelessSession session) {
        Sql.list(session, "select 1 from role_grant where id = ? for update", row -> 1, id);
        Grant before = get(id, session);
        Sql.update(session, "delete from role_grant where id = ?", id);
        Administrators.requireOne(session);
        rights.changed(session);
        audit.record(session, caller, "delete", "grant", id, before, null);
    }

    Grant get(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where g.id = ?", Grants::read, id)
                .orElseThrow(() -> ProblemException.notFound("grant", id));
    }

    /** What the members of a team were given through it. */
    static List<GivenRights> givenTo(long teamId, StatelessSession session) {
        return Sql.list(
                session,
                "select role, distribution_id from role_grant where team_id = ?",
                row -> new GivenRights(Role.named(row.text("role")).orElseThrow(), row.numberOrNull("distribution_id")),
                teamId);
    }

    private static Grant read(Row row) throws SQLException {
        return new Grant(
                row.number("id"),
                row.text("role"),
                row.textOrNull("username"),
                row.textOrNull("team"),
                row.textOrNull("distribution"),
                row.textOrNull("granted_by"),
                row.instant("granted_at"));
    }
}
