package dev.slipway.server.tasks;

import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.server.database.Sql;
import dev.slipway.server.workers.Slots;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Says why a task is where it is, from what the database knows. */
public final class TaskExplainer {
    private static final int MOST_NAMED = 20;

    private final TaskStore store;
    private final Workers workers;
    private final Clock clock;

    public TaskExplainer(TaskStore store, Workers workers, Clock clock) {
        this.store = store;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Why a task is where it is.
     *
     * @throws dev.slipway.server.http.ProblemException 404 when there is no such task
     */
    public TaskExplanation explain(long id, StatelessSession session) {
        TaskRow task = store.find(id, session).orElseThrow(() -> TaskProblems.noTask(id));
        List<WorkerRow> live = workers.live(clock.instant(), session);
        List<WorkerRow> offering = live.stream()
                .filter(worker -> worker.slots().contains(task.slot()))
                .toList();
        List<String> ready = offering.stream()
                .filter(worker -> !worker.draining())
                .map(WorkerRow::name)
                .toList();
        return switch (task.state()) {
            case BLOCKED -> blocked(task, ready, session);
            case READY -> ready(task, ready, offering, live, session);
            case RUNNING, CANCELLING -> plain(task, ready, running(task, session));
            default -> plain(task, ready, ended(task));
        };
    }

    private TaskExplanation blocked(TaskRow task, List<String> ready, StatelessSession session) {
        List<TaskExplanation.Waiting> waitsFor = Sql.list(
                session,
                """
                select d.id, d.state, d.arch, s.url, p.name
                  from task_dependency e
                  join task d on d.id = e.depends_on_id
                  left join build_task bt on bt.task_id = d.id
                  left join build_source s on s.id = bt.build_source_id
                  left join platform p on p.id = bt.platform_id
                 where e.task_id = ? and e.satisfied_at is null order by d.id limit ?
                """,
                row -> new TaskExplanation.Waiting(
                        row.number("id"),
                        row.text("state"),
                        row.text("arch"),
                        what(row.text("arch"), row.textOrNull("url"), row.textOrNull("name"))),
                task.id(),
                MOST_NAMED);
        String names = waitsFor.stream()
                .map(each -> "task " + each.taskId() + " (" + each.what() + ", " + each.state() + ")")
                .collect(Collectors.joining(", "));
        int more = task.waitingFor() - waitsFor.size();
        String summary = "It waits for " + names + (more > 0 ? " and " + more + " more tasks." : ".");
        return new TaskExplanation(task.id(), task.state().word(), summary, waitsFor, task.slot(), ready, null, null);
    }

    private static String what(String arch, @Nullable String url, @Nullable String platform) {
        String made = arch.equals(Slots.SOURCE) ? "source package" : arch + " packages";
        return url == null ? made : made + " of " + url + " for " + platform;
    }

    private static TaskExplanation ready(
            TaskRow task,
            List<String> ready,
            List<WorkerRow> offering,
            List<WorkerRow> live,
            StatelessSession session) {
        long position = 1 + Sql.number(session, """
                        select count(*) from task a, task t
                         where t.id = ? and a.state = 'ready' and a.slot = t.slot
                           and (-a.priority, a.fair_rank, a.id) < (-t.priority, t.fair_rank, t.id)
                        """, task.id());
        return new TaskExplanation(
                task.id(),
                task.state().word(),
                readySummary(task, position, ready, offering, live),
                List.of(),
                task.slot(),
                ready,
                position,
                forecast(task, position, ready.size(), session));
    }

    private static String readySummary(
            TaskRow task, long position, List<String> ready, List<WorkerRow> offering, List<WorkerRow> live) {
        if (!ready.isEmpty()) {
            return "It is number " + position + " in the queue for " + task.slot() + ", which " + ready.size()
                    + (ready.size() == 1 ? " worker takes" : " workers take") + " from.";
        }
        if (!offering.isEmpty()) {
            return "Every live worker that offers " + task.slot() + " is draining: "
                    + offering.stream().map(WorkerRow::name).collect(Collectors.joining(", ")) + ".";
        }
        String offered = live.stream()
                .flatMap(worker -> worker.slots().stream())
                .distinct()
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return "No live worker offers " + task.slot()
                + (offered.isEmpty() ? ": no worker is there at all." : "; offered are " + offered + ".");
    }

    private static @Nullable Long forecast(TaskRow task, long position, int takers, StatelessSession session) {
        if (takers == 0) {
            return null;
        }
        Double seconds = Sql.one(session, """
                        select coalesce(avg(extract(epoch from finished_at - started_at)), -1)::text as seconds
                          from (select started_at, finished_at from task
                                 where slot = ? and state = 'succeeded' order by finished_at desc limit 50) recent
                        """, row -> Double.valueOf(row.text("seconds")), task.slot())
                .orElse(-1.0);
        return seconds < 0 ? null : Long.valueOf(Math.round(seconds * position / takers));
    }

    private static String running(TaskRow task, StatelessSession session) {
        String worker = Sql.one(
                        session, "select name from worker where id = ?", row -> row.text("name"), task.workerId())
                .orElse("a worker");
        String since = worker + " has it since " + task.startedAt() + " (attempt " + task.attempts() + " of "
                + task.maxAttempts() + "); its lease runs until " + task.leaseExpiresAt() + ".";
        return task.state() == TaskState.CANCELLING ? "It is being cancelled: " + since : since;
    }

    private static String ended(TaskRow task) {
        String end = "It ended as " + task.state().word() + " at " + task.finishedAt();
        return task.error() == null ? end + "." : end + ": " + task.error();
    }

    private static TaskExplanation plain(TaskRow task, List<String> ready, String summary) {
        return new TaskExplanation(task.id(), task.state().word(), summary, List.of(), task.slot(), ready, null, null);
    }
}
