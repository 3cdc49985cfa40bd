package dev.slipway.server.tasks;

import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.tasks.Work;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of task adds to its life. All methods with a session run inside the transaction that changes the task's
 * state; the build's row, if there is one, and the task's row are locked then.
 */
public interface TaskKind {
    /** {@code build}, {@code test} or {@code sign}. */
    String kind();

    /** What claimed tasks of this kind are about, by their ids. */
    Map<Long, ? extends Work> describe(List<TaskRow> tasks, StatelessSession session);

    /** What a kind has made ready for a report. */
    interface Prepared {}

    /**
     * Reads what a report brings, before the transaction, so that no lock waits for it. What it stores must be harmless if
     * the report comes to nothing.
     *
     * @throws RefusedContentException when the task is to end as failed for it
     */
    default @Nullable Prepared prepare(TaskRow task, TaskReport report) {
        return null;
    }

    /**
     * Takes a report's content; its artifacts are stored already.
     *
     * @param prepared what {@link #prepare} answered
     * @throws RefusedContentException when the task is to end as failed for it; nothing of the report is kept then
     * @throws OvertakenException when it is to be prepared again
     */
    void reported(TaskRow task, TaskReport report, @Nullable Prepared prepared, StatelessSession session);

    /** Learns that the task has ended, whatever way. Tasks that depend on it become ready after this. */
    void ended(TaskRow task, StatelessSession session);
}
