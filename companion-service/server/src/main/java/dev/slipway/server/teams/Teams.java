package dev.slipway.server.teams;

import dev.slipway.api.identity.Team;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.api.identity.TeamUpdate;
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
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Makes and changes teams. Methods take part in their caller's transaction. */
final class Teams {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_MEMBERS = 500;
    private static final String SELECT = """
            select t.id, t.name, t.description, t.revision, t.created_at,
                array(select u.username from team_member m join app_user u on u.id = m.user_id
                      where m.team_id = t.id order by u.username) as members
            from team t
            """;

    private final Clock clock;
    private final GrantedRights rights;
    private final Audit audit;

    Teams(Clock clock, GrantedRights rights, Audit audit) {
        this.clock = clock;
        this.rights = rights;
        this.audit = audit;
    }

    /** Teams behind {@code afterName}, by name; the one called {@code name} alone when there is such a name. */
    List<Team> list(@Nullable String name, String afterName, long offset, int limit, StatelessSession session) {
        return Sql.list(
                session,
                SELECT + " where (?::text is null or t.name = ?) and t.name > ? order by t.name offset ? limit ?",
                Teams::read,
                name,
                name,
                afterName,
                offset,
                limit);
    }

    long count(@Nullable String name, StatelessSession session) {
        return Sql.number(session, "select count(*) from team where ?::text is null or name = ?", name, name);
    }

    Team get(long id, StatelessSession session) {
        return Sql.one(session, SELECT + " where t.id = ?", Teams::read, id)
                .orElseThrow(() -> ProblemException.notFound("team", id));
    }

    Team create(TeamRequest request, Caller caller, StatelessSession session) {
        Collection<String> members = new TreeSet<>(Objects.requireNonNullElse(request.members(), List.<String>of()));
        Violations violations = new Violations();
        checkText(request.name(), request.description(), violations);
        violations
                .check(members.size() <= MOST_MEMBERS, "/members", "names more than " + MOST_MEMBERS + " users")
                .throwIfAny();
        requireUsers(members, session);
        long id = Sql.one(
                        session,
                        """
                        insert into team (name, description, created_at) values (?, ?, ?)
                        on conflict (name) do nothing returning id""",
                        row -> row.number("id"),
                        request.name(),
                        Objects.requireNonNullElse(request.description(), ""),
                        clock.instant())
                .orElseThrow(() -> ProblemException.alreadyExists("team", request.name()));
        add(id, members, session);
        Team made = get(id, session);
        audit.record(session, caller, "create", "team", id, null, made);
        return made;
    }

    /** @param expected refuses the current revision when it is not the one that the caller has seen */
    Team update(long id, TeamUpdate update, LongConsumer expected, Caller caller, StatelessSession session) {
        Team before = lock(id, session);
        expected.accept(before.revision());
        Integer seen = update.revision();
        if (seen != null && seen != before.revision()) {
            throw ProblemException.conflict("team " + id + " is at revision " + before.revision() + " now, not " + seen
                            + ": read it again before changing it")
                    .with("revision", before.revision());
        }
        String name = Objects.requireNonNullElse(update.name(), before.name());
        String description = Objects.requireNonNullElse(update.description(), before.description());
        Violations violations = new Violations();
        checkText(name, description, violations);
        violations.throwIfAny();
        if (Sql.exists(session, "select 1 from team where name = ? and id <> ?", name, id)) {
            throw ProblemException.alreadyExists("team", name);
        }
        Sql.update(
                session,
                "update team set name = ?, description = ?, revision = revision + 1 where id = ?",
                name,
                description,
                id);
        return changed("update", before, caller, session);
    }

    /** Forgets a team and what it was granted. */
    void remove(long id, LongConsumer expected, Caller caller, StatelessSession session) {
        Team before = lock(id, session);
        expected.accept(before.revision());
        Sql.update(session, "delete from team where id = ?", id);
        Administrators.requireOne(session);
        rights.changed(session);
        audit.record(session, caller, "delete", "team", id, before, null);
    }

    /** Puts a user into the team; one who is in it already stays. */
    Team addMember(long id, String username, LongConsumer expected, Caller caller, StatelessSession session) {
        Team before = lock(id, session);
        expected.accept(before.revision());
        if (before.members().contains(username)) {
            return before;
        }
        if (before.members().size() >= MOST_MEMBERS) {
            throw ProblemException.conflict("team " + before.name() + " has " + MOST_MEMBERS + " members already");
        }
        if (!Members.unknown(List.of(username), session).isEmpty()) {
            throw ProblemException.notFound("user", username);
        }
        GivenRights.requireAllOf(Grants.givenTo(id, session), caller);
        add(id, List.of(username), session);
        Members.bound(id, session);
        touch(id, session);
        return changed("add-member", before, caller, session);
    }

    Team removeMember(long id, String username, LongConsumer expected, Caller caller, StatelessSession session) {
        Team before = lock(id, session);
        expected.accept(before.revision());
        if (!before.members().contains(username)) {
            throw ProblemException.notFound("member", username);
        }
        Sql.update(
                session,
                "delete from team_member where team_id = ? and user_id = (select id from app_user where username = ?)",
                id,
                username);
        Administrators.requireOne(session);
        touch(id, session);
        return changed("remove-member", before, caller, session);
    }

    private Team changed(String action, Team before, Caller caller, StatelessSession session) {
        Team after = get(before.id(), session);
        rights.changed(session);
        audit.record(session, caller, action, "team", before.id(), before, after);
        return after;
    }

    private void add(long id, Collection<String> names, StatelessSession session) {
        Sql.update(
                session,
                "insert into team_member (team_id, user_id, added_at)"
                        + " select ?, id, ? from app_user where username = any(?::text[])",
                id,
                clock.instant(),
                names);
    }

    private static void touch(long id, StatelessSession session) {
        Sql.update(session, "update team set revision = revision + 1 where id = ?", id);
    }

    private Team lock(long id, StatelessSession session) {
        Sql.list(session, "select 1 from team where id = ? for update", row -> 1, id);
        return get(id, session);
    }

    private static void requireUsers(Collection<String> names, StatelessSession session) {
        Collection<String> unknown = new TreeSet<>(Members.unknown(names, session));
        new Violations()
                .check(unknown.isEmpty(), "/members", "there is no user " + String.join(", ", unknown))
                .throwIfAny();
    }

    private static void checkText(String name, @Nullable String description, Violations violations) {
        violations
                .check(
                        NAME.matcher(name).matches(),
                        "/name",
                        "has 1 to 100 lower-case letters, digits and ._-, and begins with a letter or digit")
                .check(
                        description == null || description.length() <= LONGEST_DESCRIPTION,
                        "/description",
                        "has more than " + LONGEST_DESCRIPTION + " characters");
    }

    private static Team read(Row row) throws SQLException {
        return new Team(
                row.number("id"),
                row.text("name"),
                row.text("description"),
                row.texts("members"),
                row.integer("revision"),
                row.instant("created_at"));
    }
}
