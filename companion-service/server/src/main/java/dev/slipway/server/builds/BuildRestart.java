package dev.slipway.server.builds;

import dev.slipway.server.database.Sql;
import dev.slipway.server.events.Outbox;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tasks.TaskRestart;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs what failed again. Everything that ended well stays; a source package that was made is used again, unless none of its
 * binaries got built, in which case it is made again as well.
 */
public final class BuildRestart {
    private final TaskStore store;
    private final TaskRestart restart;
    private final Outbox outbox;

    BuildRestart(TaskStore store, TaskRestart restart, Outbox outbox) {
        this.store = store;
        this.restart = restart;
        this.outbox = outbox;
    }

    public void restartFailed(long id, StatelessSession session) {
        BuildRow build = Builds.lock(id, session);
        if (build.released()) {
            throw ProblemException.conflict("build " + id + " is released: what failed in it stays as it is");
        }
        List<TaskRow> tasks = store.ofBuild(id, Builds.KIND, session);
        Set<Long> chosen = chosen(tasks, session);
        if (chosen.isEmpty()) {
            throw ProblemException.conflict("no task of build " + id + " has failed");
        }
        List<TaskRow> restarted =
                tasks.stream().filter(task -> chosen.contains(task.id())).toList();
        restart.restart(restarted, session);
        BuildDifferences.forget(chosen, session);
        Sql.update(session, """
                update build set unfinished_tasks = unfinished_tasks + ?, finished_at = null, signed = false,
                       revision = revision + 1
                 where id = ?
                """, restarted.size(), id);
        outbox.announce(session, "build.restarted", "build", id, Map.of("tasks", restarted.size()));
    }

    private static Set<Long> chosen(List<TaskRow> tasks, StatelessSession session) {
        record Link(long task, long source) {}
        Map<Long, TaskState> states = tasks.stream().collect(Collectors.toMap(TaskRow::id, TaskRow::state));
        Set<Long> chosen = tasks.stream()
                .filter(task -> task.state().isFailure())
                .map(TaskRow::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (chosen.isEmpty()) {
            return chosen;
        }
        List<Link> links = Sql.list(
                session,
                "select task_id, source_task_id from build_task where build_id = ? and source_task_id is not null",
                row -> new Link(row.number("task_id"), row.number("source_task_id")),
                tasks.get(0).buildId());
        Map<Long, Set<Long>> binaries = new LinkedHashMap<>();
        links.forEach(link ->
                binaries.computeIfAbsent(link.source(), any -> new HashSet<>()).add(link.task()));
        binaries.forEach((source, of) -> {
            if (of.stream().allMatch(task -> isFailure(states.get(task)))) {
                chosen.add(source);
            }
        });
        return chosen;
    }

    private static boolean isFailure(@Nullable TaskState state) {
        return state != null && state.isFailure();
    }
}
