package dev.slipway.server.builds;

import dev.slipway.server.database.Sql;
import dev.slipway.server.workers.Slots;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What a task of the kind build has beside its task row. */
record BuildTaskRow(
        long taskId,
        long buildId,
        long buildSourceId,
        long platformId,
        String platform,
        String format,
        String arch,
        @Nullable Long sourceTaskId) {

    static BuildTaskRow get(long taskId, StatelessSession session) {
        return Sql.one(
                        session,
                        """
                        select bt.task_id, bt.build_id, bt.build_source_id, bt.platform_id, p.name, p.type, bt.arch,
                               bt.source_task_id
                          from build_task bt join platform p on p.id = bt.platform_id where bt.task_id = ?
                        """,
                        row -> new BuildTaskRow(
                                row.number("task_id"),
                                row.number("build_id"),
                                row.number("build_source_id"),
                                row.number("platform_id"),
                                row.text("name"),
                                row.text("type"),
                                row.text("arch"),
                                row.numberOrNull("source_task_id")),
                        taskId)
                .orElseThrow(() -> new IllegalStateException("task " + taskId + " is no build task"));
    }

    boolean isSourceStep() {
        return arch.equals(Slots.SOURCE);
    }
}
