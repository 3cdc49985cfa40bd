package dev.slipway.server.releases;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * The builds of a release, and the build tasks it is restricted to, as a caller named them and as they were found.
 *
 * @param tasks null: all that succeeded
 */
record BuildSelection(Set<Long> builds, @Nullable Set<Long> tasks) {
    private static final int MOST_BUILDS = 500;
    private static final int MOST_TASKS = 20_000;

    private record Found(boolean finished, boolean forPlatform) {}

    /**
     * Finds what a caller names.
     *
     * @throws ProblemException 422 when one is unknown, or was not built for the platform; 409 when one still runs
     */
    static BuildSelection find(
            List<Long> builds, @Nullable List<Long> tasks, Destination destination, StatelessSession session) {
        new Violations()
                .check(!builds.isEmpty(), "/builds", "name at least one build")
                .check(builds.size() <= MOST_BUILDS, "/builds", "are at most " + MOST_BUILDS + " builds")
                .check(
                        tasks == null || !tasks.isEmpty(),
                        "/build_tasks",
                        "name at least one build task, or leave it out")
                .check(tasks == null || tasks.size() <= MOST_TASKS, "/build_tasks", "are at most " + MOST_TASKS)
                .throwIfAny();
        checkBuilds(builds, destination, session);
        if (tasks != null) {
            checkTasks(builds, tasks, destination, session);
        }
        return new BuildSelection(new TreeSet<>(builds), tasks == null ? null : new TreeSet<>(tasks));
    }

    private static void checkBuilds(List<Long> builds, Destination destination, StatelessSession session) {
        Map<Long, Found> found = new HashMap<>();
        Sql.each(
                session,
                """
                select b.id, b.finished_at is not null as finished,
                    exists (select from build_platform p where p.build_id = b.id and p.platform_id = ?) as for_platform
                from build b where b.id = any(?::bigint[])""",
                row -> found.put(row.number("id"), new Found(row.flag("finished"), row.flag("for_platform"))),
                destination.platformId(),
                builds);
        Violations violations = new Violations();
        for (int i = 0; i < builds.size(); i++) {
            Found build = found.get(builds.get(i));
            violations.check(build != null, "/builds/" + i, "there is no build " + builds.get(i));
            violations.check(
                    build == null || build.forPlatform(),
                    "/builds/" + i,
                    "build " + builds.get(i) + " was not made for platform " + destination.platform());
        }
        violations.throwIfAny();
        found.forEach((id, build) -> {
            if (!build.finished()) {
                throw ProblemException.conflict("build " + id + " is still running; release it when it has finished");
            }
        });
    }

    private static void checkTasks(
            List<Long> builds, List<Long> tasks, Destination destination, StatelessSession session) {
        Set<Long> known = new HashSet<>(
                Sql.list(session, """
                select bt.task_id from build_task bt join task t on t.id = bt.task_id
                where bt.build_id = any(?::bigint[]) and bt.platform_id = ? and t.state = 'succeeded'
                  and bt.task_id = any(?::bigint[])""", row -> row.number("task_id"), builds, destination.platformId(), tasks));
        Violations violations = new Violations();
        for (int i = 0; i < tasks.size(); i++) {
            violations.check(
                    known.contains(tasks.get(i)),
                    "/build_tasks/" + i,
                    "task " + tasks.get(i) + " is none of these builds' that succeeded for platform "
                            + destination.platform());
        }
        violations.throwIfAny();
    }
}
