package dev.slipway.server.login;

import dev.slipway.api.identity.Role;
import dev.slipway.server.database.Row;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Users;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The account here of somebody who has one elsewhere: by the lasting name there and nothing else, so that neither a name nor
 * an e-mail address that somebody took over opens an account.
 */
public final class LinkedAccounts {
    /** Somebody's account. */
    record Account(long id, String username, @Nullable String email, boolean active) {}

    private final Clock clock;
    private final Transactions transactions;
    private final Users users;
    private final Audit audit;
    private final @Nullable Role firstRole;

    /** @param firstRole what a person who logs in for the first time is granted; nothing when absent */
    public LinkedAccounts(Clock clock, Transactions transactions, Users users, Audit audit, @Nullable Role firstRole) {
        this.clock = clock;
        this.transactions = transactions;
        this.users = users;
        this.audit = audit;
        this.firstRole = firstRole;
    }

    /**
     * The account of a person who just logged in, made at the first time.
     *
     * @throws ProblemException 403 when the account is closed
     */
    Account ofPerson(StatelessSession session, Identity identity) {
        Optional<Account> known = find(session, identity);
        if (known.isEmpty()) {
            return make(session, identity, true);
        }
        Account account = known.get();
        if (!account.active()) {
            throw ProblemException.forbidden(
                    "the account " + account.username() + " is closed: ask who administers this companion");
        }
        Sql.update(
                session,
                "update user_identity set last_login_at = ? where provider = ? and subject = ?",
                clock.instant(),
                identity.provider(),
                identity.subject());
        if (identity.email() != null) {
            Sql.update(session, "update app_user set email = ? where id = ?", identity.email(), account.id());
        }
        return new Account(
                account.id(), account.username(), identity.email() == null ? account.email() : identity.email(), true);
    }

    /** The account of a program that showed a token from elsewhere, made at the first time. */
    Account ofProgram(Identity identity) {
        return transactions
                .read(session -> find(session, identity))
                .orElseGet(() -> transactions.call(
                        session -> find(session, identity).orElseGet(() -> make(session, identity, false))));
    }

    private static Optional<Account> find(StatelessSession session, Identity identity) {
        return Sql.one(
                session,
                "select u.id, u.username, u.email, u.active from user_identity i join app_user u on u.id = i.user_id"
                        + " where i.provider = ? and i.subject = ?",
                LinkedAccounts::account,
                identity.provider(),
                identity.subject());
    }

    private static Account account(Row row) throws SQLException {
        return new Account(row.number("id"), row.text("username"), row.textOrNull("email"), row.flag("active"));
    }

    private Account make(StatelessSession session, Identity identity, boolean person) {
        String username = freeName(session, identity, person);
        long id = users.create(session, username, identity.email(), person);
        Sql.update(
                session,
                "insert into user_identity (provider, subject, user_id, created_at, last_login_at)"
                        + " values (?, ?, ?, ?, ?)",
                identity.provider(),
                identity.subject(),
                id,
                clock.instant(),
                clock.instant());
        audit.recordOwn(
                session,
                "create",
                "user",
                id,
                null,
                Map.of("username", username, "provider", identity.provider(), "subject", identity.subject()));
        if (person && firstRole != null) {
            Sql.update(
                    session,
                    "insert into role_grant (role, user_id, granted_at) values (?, ?, ?)",
                    firstRole.word(),
                    id,
                    clock.instant());
            audit.recordOwn(session, "create", "grant", id, null, Map.of("role", firstRole.word(), "user", username));
        }
        return new Account(id, username, identity.email(), true);
    }

    /** The name there if nobody has it here; else one that says where it is from. */
    private String freeName(StatelessSession session, Identity identity, boolean person) {
        String wanted = identity.username().replaceAll("[^\\x21-\\x7e]", "_");
        if (person) {
            wanted = wanted.replaceAll("[^A-Za-z0-9._@-]", "_").replaceAll("^[^A-Za-z0-9]+", "");
            wanted = wanted.substring(0, Math.min(60, wanted.length()));
        }
        if (!wanted.isEmpty() && users.account(session, wanted).isEmpty()) {
            return wanted;
        }
        String base = wanted + "@" + identity.provider().replace(':', '-');
        String name = base;
        for (int i = 2; users.account(session, name).isPresent(); i++) {
            name = base + "-" + i;
        }
        return name;
    }
}
