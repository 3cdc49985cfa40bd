package dev.slipway.server.identity;

import dev.slipway.api.identity.User;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;

/** Bans accounts and lets them in again. */
public final class Accounts {
    private final Users users;
    private final Authentication authentication;
    private final GrantedRights rights;
    private final Audit audit;

    public Accounts(Users users, Authentication authentication, GrantedRights rights, Audit audit) {
        this.users = users;
        this.authentication = authentication;
        this.rights = rights;
        this.audit = audit;
    }

    /**
     * Refuses every token of the account from now on, or accepts them again as far as they are not revoked and not
     * expired. What the account was granted stays for the day it is let in again.
     *
     * @param expected refuses the account as it is when it is not the one that the caller has seen
     */
    User setActive(StatelessSession session, Caller caller, long id, boolean active, Consumer<User> expected) {
        boolean before = Sql.one(
                        session,
                        "select active from app_user where id = ? for no key update",
                        row -> row.flag("active"),
                        id)
                .orElseThrow(() -> ProblemException.notFound("user", id));
        expected.accept(users.find(session, id).orElseThrow());
        if (!active && id == caller.userId()) {
            throw ProblemException.conflict("nobody can ban themselves: have another administrator do it");
        }
        if (before != active) {
            Sql.update(session, "update app_user set active = ? where id = ?", active, id);
            if (!active) {
                Administrators.requireOne(session);
            }
            authentication.forget(session);
            rights.changed(session);
            audit.record(
                    session,
                    caller,
                    active ? "unban" : "ban",
                    "user",
                    id,
                    Map.of("active", before),
                    Map.of("active", active));
        }
        return users.find(session, id).orElseThrow();
    }
}
