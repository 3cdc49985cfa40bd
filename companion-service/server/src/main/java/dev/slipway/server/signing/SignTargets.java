package dev.slipway.server.signing;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.signkeys.StoredSignKey;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * On what somebody must hold a role to have a build signed: on a distribution whose key it is; for a key that is no
 * distribution's, on one that has a platform of the build; or everywhere.
 */
final class SignTargets {
    private SignTargets() {}

    private record Target(long id, String name) {}

    /** @throws ProblemException 403 that names the distributions of which one would do */
    static void require(long buildId, StoredSignKey key, Caller caller, StatelessSession session) {
        if (caller.mayEverywhere(Scopes.SIGN_TASKS_CREATE)) {
            return;
        }
        List<Target> targets = targets("sign_key_id = ?", key.id(), session);
        if (targets.isEmpty()) {
            targets = targets("""
                    id in (select dp.distribution_id from distribution_platform dp
                           join build_platform bp on bp.platform_id = dp.platform_id where bp.build_id = ?)""", buildId, session);
        }
        if (targets.stream().noneMatch(target -> caller.mayOn(target.id(), Scopes.SIGN_TASKS_CREATE))) {
            throw ProblemException.forbidden(caller.username() + " may not have build " + buildId + " signed with key "
                    + key.keyid() + ": it needs a grant of the role signer everywhere"
                    + (targets.isEmpty()
                            ? ""
                            : " or on "
                                    + String.join(
                                            " or ",
                                            targets.stream().map(Target::name).toList())));
        }
    }

    /** @param condition written here, never by a caller */
    private static List<Target> targets(String condition, long parameter, StatelessSession session) {
        return Sql.list(
                session,
                "select id, name from distribution where " + condition + " order by name",
                row -> new Target(row.number("id"), row.text("name")),
                parameter);
    }
}
