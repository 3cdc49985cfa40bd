package dev.slipway.server.teams;

import dev.slipway.server.database.Sql;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.StatelessSession;

/** Who is in a team. Methods take part in their caller's transaction. */
final class Members {
    private Members() {}

    /** Those of the names that no user has. */
    static Set<String> unknown(Collection<String> names, StatelessSession session) {
        Set<String> unknown = new HashSet<>(names);
        unknown.removeAll(Sql.list(
                session,
                "select username from app_user where username = any(?::text[])",
                row -> row.text("username"),
                names));
        return unknown;
    }

    /** From now on the rights of the team's services come from grants, if the team has any. */
    static void bound(long teamId, StatelessSession session) {
        Sql.update(session, """
                update app_user u set governed = true
                where kind = 'service' and not governed
                  and exists (select from team_member m where m.team_id = ? and m.user_id = u.id)
                  and exists (select from role_grant g where g.team_id = ?)""", teamId, teamId);
    }
}
