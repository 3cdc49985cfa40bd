package dev.slipway.server.tasks;

import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.api.tasks.Lease;
import dev.slipway.api.tasks.SignWork;
import dev.slipway.api.tasks.TestWork;
import dev.slipway.api.tasks.Work;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.tasks.Claims.HandedOut;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Tells workers all that they need to know about the tasks they got. */
final class TaskDescriptions {
    private final TaskKinds kinds;
    private final TaskSettings settings;

    TaskDescriptions(TaskKinds kinds, TaskSettings settings) {
        this.kinds = kinds;
        this.settings = settings;
    }

    /** A task that nobody can be told about. */
    static final class UndescribableException extends RuntimeException {
        private static final long serialVersionUID = 1;
        final long taskId;

        UndescribableException(long taskId, RuntimeException cause) {
            super(cause);
            this.taskId = taskId;
        }
    }

    /**
     * The tasks with what is to be known about them, in their order.
     *
     * @throws UndescribableException for the first one that cannot be described
     */
    List<HandedOut> of(List<TaskRow> tasks, StatelessSession session) {
        Map<Long, Work> works = new HashMap<>();
        tasks.stream()
                .collect(Collectors.groupingBy(TaskRow::kind))
                .values()
                .forEach(each -> works.putAll(works(each, session)));
        return tasks.stream()
                .map(task -> new HandedOut(task, described(task, works.get(task.id()))))
                .toList();
    }

    private Map<Long, ? extends Work> works(List<TaskRow> ofKind, StatelessSession session) {
        try {
            return kinds.of(ofKind.get(0)).describe(ofKind, session);
        } catch (IllegalStateException | IllegalArgumentException | ProblemException e) {
            if (ofKind.size() == 1) {
                throw new UndescribableException(ofKind.get(0).id(), e);
            }
            ofKind.forEach(task -> works(List.of(task), session)); // throws for the one at fault
            throw e;
        }
    }

    private ClaimedTask described(TaskRow task, @Nullable Work work) {
        if (work == null) {
            throw new UndescribableException(
                    task.id(), new IllegalStateException("task " + task.id() + " is about nothing"));
        }
        return new ClaimedTask(
                task.id(),
                task.kind(),
                task.arch(),
                task.attempts(),
                task.timeoutSeconds(),
                new Lease(
                        Objects.requireNonNull(task.leaseId()),
                        task.generation(),
                        Objects.requireNonNull(task.leaseExpiresAt()),
                        (int) settings.renew().toSeconds()),
                work instanceof BuildWork build ? build : null,
                work instanceof TestWork test ? test : null,
                work instanceof SignWork sign ? sign : null);
    }
}
