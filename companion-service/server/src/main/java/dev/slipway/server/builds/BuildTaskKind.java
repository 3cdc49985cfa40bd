package dev.slipway.server.builds;

import dev.slipway.api.tasks.BuildWork;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.server.builds.BuildRepositories.BuildRepository;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.ingest.StoredPackage;
import dev.slipway.server.tasks.OvertakenException;
import dev.slipway.server.tasks.TaskEnds;
import dev.slipway.server.tasks.TaskKind;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of the kind build. The packages of a report are read, put into new versions of the build's repositories and given
 * metadata before the report's transaction; that transaction lets clients see them, just before dependants become ready.
 */
final class BuildTaskKind implements TaskKind {
    private final Transactions transactions;
    private final BuildIntake intake;
    private final BuildRepositories repositories;
    private final BuildWorkDescription description;
    private final TaskStore store;
    private final TaskEnds ends;
    private final BuildEnd buildEnd;
    private final BuildDifferences differences;

    BuildTaskKind(
            Transactions transactions,
            BuildIntake intake,
            BuildRepositories repositories,
            BuildWorkDescription description,
            TaskStore store,
            TaskEnds ends,
            BuildEnd buildEnd,
            BuildDifferences differences) {
        this.transactions = transactions;
        this.intake = intake;
        this.repositories = repositories;
        this.description = description;
        this.store = store;
        this.ends = ends;
        this.buildEnd = buildEnd;
        this.differences = differences;
    }

    /** What {@link #prepare} has read and made ready. */
    private record Result(
            List<StoredPackage> packages,
            List<BuildDifferences.Difference> differences,
            BuildRepositories.Prepared repositories)
            implements Prepared {}

    @Override
    public String kind() {
        return "build";
    }

    @Override
    public Map<Long, BuildWork> describe(List<TaskRow> tasks, StatelessSession session) {
        return description.of(tasks, session);
    }

    @Override
    public @Nullable Prepared prepare(TaskRow task, TaskReport report) {
        if (!isGood(report)) {
            return null;
        }
        BuildTaskRow details = transactions.read(session -> BuildTaskRow.get(task.id(), session));
        List<StoredPackage> packages = intake.take(details, report);
        Failpoints.reach("report.ingested");
        Map<Long, Set<Long>> contents = transactions.read(session -> contents(details, packages, session));
        return new Result(
                packages, differences.of(details, packages), repositories.prepare(details.buildId(), contents));
    }

    @Override
    public void reported(TaskRow task, TaskReport report, @Nullable Prepared prepared, StatelessSession session) {
        if (!(prepared instanceof Result result)) {
            return;
        }
        BuildTaskRow details = BuildTaskRow.get(task.id(), session);
        Map<Long, Set<Long>> contents = contents(details, result.packages(), session);
        if (!contents.equals(result.repositories().contents())) {
            throw new OvertakenException();
        }
        Sql.update(
                session,
                """
                update artifact a
                   set package_id = p.id, type = case when p.is_source and p.format = 'rpm' then 'src_rpm' else a.type end
                  from package p
                 where a.task_id = ? and p.blob_sha256 = a.blob_sha256 and p.file_name = a.name and p.id = any(?)
                """,
                task.id(),
                result.packages().stream().map(StoredPackage::id).toList());
        Sql.update(session, """
                insert into build_package (artifact_id, build_id, name, epoch, version, release, arch)
                select a.id, ?, p.name, coalesce(p.epoch, 0), p.version, p.release, p.arch
                  from artifact a join package p on p.id = a.package_id where a.task_id = ?
                """, details.buildId(), task.id());
        if (details.isSourceStep() && report.commitHash() != null) {
            Sql.update(
                    session,
                    "update build_source set commit_hash = coalesce(commit_hash, ?) where id = ?",
                    report.commitHash(),
                    details.buildSourceId());
        }
        BuildDifferences.keep(details, result.differences(), session);
        repositories.show(result.repositories(), session);
        Failpoints.reach("report.published");
    }

    private Map<Long, Set<Long>> contents(
            BuildTaskRow details, List<StoredPackage> packages, StatelessSession session) {
        List<BuildRepository> all = repositories.of(details.buildId(), session);
        List<BuildContents.Made> made = packages.stream()
                .map(each -> new BuildContents.Made(details.taskId(), details.platformId(), details.arch(), each))
                .toList();
        return BuildContents.with(details.buildId(), made, all, session);
    }

    private static boolean isGood(TaskReport report) {
        return report.outcome().equals("succeeded") || report.outcome().equals("excluded");
    }

    @Override
    public void ended(TaskRow task, StatelessSession session) {
        boolean hasSource = task.state() == TaskState.SUCCEEDED || task.state() == TaskState.EXCLUDED;
        if (task.arch().equals(Slots.SOURCE) && !hasSource) {
            endBinaries(task, session);
        }
        buildEnd.taskEnded(Objects.requireNonNull(task.buildId()), session);
    }

    /** Without the source package its binaries can never be built. */
    private void endBinaries(TaskRow source, StatelessSession session) {
        List<Long> waiting = Sql.list(session, """
                select bt.task_id from build_task bt join task t on t.id = bt.task_id
                 where bt.source_task_id = ? and t.state = 'blocked' order by bt.task_id desc
                """, row -> row.number("task_id"), source.id());
        TaskEnds.End end = source.state() == TaskState.CANCELLED
                ? TaskEnds.End.of(TaskState.CANCELLED, "CANCELLED", String.valueOf(source.error()))
                : TaskEnds.End.of(TaskState.ERROR, "SOURCE_FAILED", "source package failed: " + source.error());
        for (long id : waiting) {
            ends.end(store.lock(id, session).orElseThrow(), end, session);
        }
    }
}
