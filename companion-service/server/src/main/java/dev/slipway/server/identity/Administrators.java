package dev.slipway.server.identity;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import org.hibernate.StatelessSession;

/** Those who hold the role admin everywhere: somebody must be left who can give rights to others. */
public final class Administrators {
    /** Names the lock of those who may be taking rights away at the same moment. */
    private static final long LOCK = 0x736c_7761_646d_696eL;

    private Administrators() {}

    /**
     * To be asked after a change that may have taken rights from somebody, in its transaction.
     *
     * @throws ProblemException 409 when nobody is left
     */
    public static void requireOne(StatelessSession session) {
        Sql.list(session, "select pg_advisory_xact_lock(?)", row -> true, LOCK);
        if (!Sql.exists(session, """
                select 1 from app_user u join role_grant g on g.user_id = u.id
                    or g.team_id in (select m.team_id from team_member m where m.user_id = u.id)
                where u.active and g.role = 'admin' and g.distribution_id is null limit 1""")) {
            throw ProblemException.conflict(
                    "nobody would be left with the role admin: grant it to somebody else first");
        }
    }
}
