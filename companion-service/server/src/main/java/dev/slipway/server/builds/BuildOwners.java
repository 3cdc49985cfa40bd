package dev.slipway.server.builds;

import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Ownership;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.StatelessSession;

/** Who may change a build, and what the audit says of it. */
public final class BuildOwners {
    private BuildOwners() {}

    private record Owner(long id, String name) {}

    /** @throws ProblemException 404 for no such build, 403 when it is another team's */
    public static void require(long buildId, Caller caller, StatelessSession session) {
        Owner owner = Sql.one(
                        session,
                        "select u.id, u.username from build b join app_user u on u.id = b.owner_id where b.id = ?",
                        row -> new Owner(row.number("id"), row.text("username")),
                        buildId)
                .orElseThrow(() -> ProblemException.notFound("build", buildId));
        Ownership.require(caller, owner.id(), owner.name(), Scopes.BUILDS_MANAGE, "build " + buildId, session);
    }

    /** How many of the build's tasks are in which state: small enough for the audit, whatever the build's size. */
    static Map<String, Object> facts(long buildId, StatelessSession session) {
        Map<String, Object> tasks = new TreeMap<>();
        Sql.each(
                session,
                "select state, count(*) as tasks from task where build_id = ? group by state",
                row -> tasks.put(row.text("state"), row.number("tasks")),
                buildId);
        return Map.of("tasks", tasks);
    }
}
