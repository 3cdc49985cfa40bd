package dev.slipway.server.identity;

import dev.slipway.api.identity.User;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The accounts of people and services. */
public final class Users {
    private static final String SELECT = "select id, username, email, kind, active from app_user";

    private final Clock clock;

    public Users(Clock clock) {
        this.clock = clock;
    }

    /** Users by name, after the one called {@code after}; the one called {@code name} alone when there is such a name. */
    public List<User> list(
            StatelessSession session, boolean bannedToo, @Nullable String name, String after, long offset, int limit) {
        return Sql.list(
                session,
                SELECT + " where (active or ?) and (?::text is null or username = ?) and username > ?"
                        + " order by username offset ? limit ?",
                Users::user,
                bannedToo,
                name,
                name,
                after,
                offset,
                limit);
    }

    public long count(StatelessSession session, boolean bannedToo, @Nullable String name) {
        return Sql.number(
                session,
                "select count(*) from app_user where (active or ?) and (?::text is null or username = ?)",
                bannedToo,
                name,
                name);
    }

    public Optional<User> find(StatelessSession session, long id) {
        return Sql.one(session, SELECT + " where id = ?", Users::user, id);
    }

    /** What kind of account it is, and whether it may still be used. */
    public record Account(long id, boolean service, boolean active) {}

    /** The account of that name. */
    public Optional<Account> account(StatelessSession session, String username) {
        return Sql.one(
                session,
                "select id, kind, active from app_user where username = ?",
                row -> new Account(row.number("id"), row.text("kind").equals(AppUser.SERVICE), row.flag("active")),
                username);
    }

    /** The id of the user of that name; a service account is made when there is none. */
    public long idOfOrNewService(StatelessSession session, String username) {
        return Sql.one(session, "select id from app_user where username = ?", row -> row.number("id"), username)
                .orElseGet(() -> insert(session, new AppUser(username, AppUser.SERVICE, clock.instant())));
    }

    /** A new account; there must be none of that name. */
    public long create(StatelessSession session, String username, @Nullable String email, boolean person) {
        AppUser user = new AppUser(username, person ? AppUser.PERSON : AppUser.SERVICE, clock.instant());
        user.email = email;
        return insert(session, user);
    }

    long insert(StatelessSession session, AppUser user) {
        session.insert(user);
        return Objects.requireNonNull(user.id);
    }

    private static User user(Row row) throws SQLException {
        return new User(
                row.number("id"), row.text("username"), row.textOr("email", ""), row.text("kind"), row.flag("active"));
    }
}
