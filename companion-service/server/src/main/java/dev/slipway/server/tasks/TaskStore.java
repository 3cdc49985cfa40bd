package dev.slipway.server.tasks;

import dev.slipway.server.database.Notifications;
import dev.slipway.server.database.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Rows of the table {@code task} and what waits for them. */
public final class TaskStore {
    /** The topic of wake-ups for those who wait for work; the key is the slot. */
    static final String READY_TOPIC = "task";

    private final int maxAttempts;

    public TaskStore(TaskSettings settings) {
        this.maxAttempts = settings.maxAttempts();
    }

    /** Stores new tasks of one owner and priority; ids in the given order. */
    public List<Long> add(List<NewTask> tasks, Instant now, StatelessSession session) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        NewTask first = tasks.get(0);
        Adding adding = adding(
                first.ownerId(), tasks.size(), tasks.stream().map(NewTask::slot).toList(), first.priority(), session);
        List<Long> ids = tasks.stream().map(task -> adding.add(task, now)).toList();
        adding.finish();
        return ids;
    }

    /** Begins to store tasks of one owner and priority, of which later ones may depend on earlier ones. */
    public Adding adding(long ownerId, int count, Collection<String> slots, int priority, StatelessSession session) {
        return new Adding(FairTurns.take(session, ownerId, count, new LinkedHashSet<>(slots), priority), session);
    }

    /** Tasks on their way into the store. */
    public final class Adding {
        private final StatelessSession session;
        private final Set<String> ready = new LinkedHashSet<>();
        private long rank;

        private Adding(long rank, StatelessSession session) {
            this.rank = rank;
            this.session = session;
        }

        /** Stores a task; it is ready at once unless it depends on others. */
        public long add(NewTask task, Instant now) {
            if (task.dependsOn().isEmpty()) {
                ready.add(task.slot());
            }
            return insert(task, rank++, now, session);
        }

        /** Has workers told, when the transaction commits. */
        public void finish() {
            wake(ready, session);
        }
    }

    private long insert(NewTask task, long rank, Instant now, StatelessSession session) {
        int waiting = task.dependsOn().size();
        long id = Sql.number(
                session,
                """
                insert into task (kind, slot, state, build_id, owner_id, arch, priority, fair_rank, waiting_for,
                                  timeout_seconds, max_attempts, created_at, ready_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                """,
                task.kind(),
                task.slot(),
                (waiting == 0 ? TaskState.READY : TaskState.BLOCKED).word(),
                task.buildId(),
                task.ownerId(),
                task.arch(),
                task.priority(),
                rank,
                waiting,
                task.timeoutSeconds(),
                maxAttempts,
                now,
                waiting == 0 ? now : null);
        Sql.batch(
                session,
                "insert into task_dependency (task_id, depends_on_id) values (?, ?)",
                task.dependsOn().stream()
                        .map(on -> new @Nullable Object[] {id, on})
                        .toList());
        return id;
    }

    public Optional<TaskRow> find(long id, StatelessSession session) {
        return Sql.one(session, "select " + TaskRow.COLUMNS + " from task t where id = ?", TaskRow::read, id);
    }

    /** The tasks of one kind of a build, in the order they were made. */
    public List<TaskRow> ofBuild(long buildId, String kind, StatelessSession session) {
        return Sql.list(
                session,
                "select " + TaskRow.COLUMNS + " from task t where build_id = ? and kind = ? order by id",
                TaskRow::read,
                buildId,
                kind);
    }

    /**
     * Locks the task for a change of its state. Its build's row is locked first: whoever changes a build and its tasks does
     * it in this order.
     */
    public Optional<TaskRow> lock(long id, StatelessSession session) {
        Sql.list(
                session,
                "select b.id from build b where b.id = (select build_id from task where id = ?) for no key update",
                row -> row.number(1),
                id);
        return Sql.one(
                session,
                "select " + TaskRow.COLUMNS + " from task t where id = ? for no key update",
                TaskRow::read,
                id);
    }

    /** Wakes those who wait for work of these slots, when the transaction commits. */
    static void wake(Collection<String> slots, StatelessSession session) {
        new LinkedHashSet<>(slots).forEach(slot -> Notifications.send(session, READY_TOPIC, slot));
    }
}
