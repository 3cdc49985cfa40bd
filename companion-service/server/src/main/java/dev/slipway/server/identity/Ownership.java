package dev.slipway.server.identity;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import org.hibernate.StatelessSession;

/** Whose a thing is: of the user who made it, and of the teams that user is in. */
public final class Ownership {
    private Ownership() {}

    /**
     * Refuses a caller that neither owns a thing, nor is in a team with who does, nor manages such things.
     *
     * @param managerScope what lets a caller change those of everybody
     * @param thing as it is called in a sentence, for example {@code build 7}
     * @throws ProblemException 403 that names the owner
     */
    public static void require(
            Caller caller, long ownerId, String owner, String managerScope, String thing, StatelessSession session) {
        if (ownerId == caller.userId() || caller.may(managerScope) || shareATeam(ownerId, caller.userId(), session)) {
            return;
        }
        throw ProblemException.forbidden(
                thing + " belongs to " + owner + "; only they, their teams and administrators may do that");
    }

    private static boolean shareATeam(long one, long other, StatelessSession session) {
        return Sql.exists(
                session,
                "select 1 from team_member a join team_member b on b.team_id = a.team_id"
                        + " where a.user_id = ? and b.user_id = ? limit 1",
                one,
                other);
    }
}
