package dev.slipway.server.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.packages.MessageDigests;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.failpoints.Failpoints;
import dev.slipway.server.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes the reports of workers. All that a report changes is one transaction; the files it names were stored before, and
 * what was read from them is stored before as well, where it does no harm by itself. A crash at any moment therefore leaves
 * the report either undone, and the worker sends it again, or done, and it has no effect when it is sent again.
 */
public final class TaskReports {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int MOST_ROUNDS = 50;

    private final Transactions transactions;
    private final TaskStore store;
    private final TaskKinds kinds;
    private final TaskEnds ends;
    private final TaskLogs logs;
    private final Clock clock;

    public TaskReports(
            Transactions transactions, TaskStore store, TaskKinds kinds, TaskEnds ends, TaskLogs logs, Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.kinds = kinds;
        this.ends = ends;
        this.logs = logs;
        this.clock = clock;
    }

    /** Ends the task as its holder says. Content that is refused ends it as failed instead, with one line that says why. */
    public void take(long taskId, TaskReport report, long userId) {
        byte[] hash = hash(report);
        TaskRow task = transactions.read(session -> {
            TaskRow found = store.find(taskId, session).orElseThrow(() -> TaskProblems.noTask(taskId));
            if (isRepeated(found, hash)) {
                return found;
            }
            found.requireHeldBy(report.leaseId(), userId);
            ReportCheck.shape(report, found.kind());
            ReportCheck.uploads(report, TaskUploads.of(found, session));
            return found;
        });
        if (isRepeated(task, hash)) {
            return;
        }
        Incoming incoming = new Incoming(taskId, report, hash, userId, logs.keep(taskId));
        Failpoints.reach("report.log-kept");
        try {
            accept(task, incoming);
        } catch (RefusedContentException refused) {
            transactions.run(session -> commit(incoming, null, refused, session));
        }
        Failpoints.reach("report.committed");
    }

    private record Incoming(long taskId, TaskReport report, byte[] hash, long userId, TaskLogs.@Nullable Kept log) {}

    private void accept(TaskRow task, Incoming incoming) {
        for (int round = 1; ; round++) {
            TaskKind.@Nullable Prepared prepared =
                    task.state() == TaskState.RUNNING ? kinds.of(task).prepare(task, incoming.report()) : null;
            Failpoints.reach("report.prepared");
            try {
                transactions.run(session -> commit(incoming, prepared, null, session));
                return;
            } catch (OvertakenException e) {
                // each time another report of the build got through, of which there are only so many
                if (round == MOST_ROUNDS) {
                    throw e;
                }
            }
        }
    }

    private void commit(
            Incoming incoming,
            TaskKind.@Nullable Prepared prepared,
            @Nullable RefusedContentException refused,
            StatelessSession session) {
        long taskId = incoming.taskId();
        TaskRow task = store.lock(taskId, session).orElseThrow(() -> TaskProblems.noTask(taskId));
        if (isRepeated(task, incoming.hash())) {
            return;
        }
        task.requireHeldBy(incoming.report().leaseId(), incoming.userId());
        Failpoints.reach("report.locked");
        logs.attach(task, incoming.log(), session);
        ends.end(task, end(task, incoming, prepared, refused, session), session);
        Failpoints.reach("report.before-commit");
    }

    private TaskEnds.End end(
            TaskRow task,
            Incoming incoming,
            TaskKind.@Nullable Prepared prepared,
            @Nullable RefusedContentException refused,
            StatelessSession session) {
        TaskReport report = incoming.report();
        if (task.state() == TaskState.CANCELLING) {
            return new TaskEnds.End(TaskState.CANCELLED, "CANCELLED", TaskCancel.MESSAGE, null, incoming.hash());
        }
        if (refused != null) {
            return new TaskEnds.End(
                    TaskState.FAILED, refused.code(), line(refused.getMessage()), null, incoming.hash());
        }
        storeArtifacts(task, report.artifacts(), session);
        Failpoints.reach("report.artifacts");
        kinds.of(task).reported(task, report, prepared, session);
        Failpoints.reach("report.content");
        TaskState outcome = ReportCheck.outcome(report);
        TaskReport.Diagnosis diagnosis = report.diagnosis();
        String code = diagnosis == null ? null : diagnosis.code();
        String message = report.message();
        if (message == null && diagnosis != null) {
            message = diagnosis.message();
        }
        boolean failed = outcome.isFailure();
        return new TaskEnds.End(
                outcome,
                failed && code == null ? outcome.name() : code,
                failed && message == null ? "the worker gave no reason" : line(message),
                result(report),
                incoming.hash());
    }

    private void storeArtifacts(TaskRow task, List<ReportedArtifact> artifacts, StatelessSession session) {
        Instant now = clock.instant();
        Sql.batch(
                session,
                "insert into artifact (task_id, name, type, blob_sha256, size, created_at) values (?, ?, ?, ?, ?, ?)",
                artifacts.stream()
                        .map(file -> new @Nullable Object[] {
                            task.id(), file.name(), file.type(), file.sha256(), file.size(), now
                        })
                        .collect(Collectors.toList()));
    }

    private static @Nullable JsonNode result(TaskReport report) {
        ObjectNode result = Json.mapper().createObjectNode();
        if (report.commitHash() != null) {
            result.put("commit_hash", report.commitHash());
        }
        if (report.environment() != null) {
            result.set("environment", Json.mapper().valueToTree(report.environment()));
        }
        return result.isEmpty() ? null : result;
    }

    private static boolean isRepeated(TaskRow task, byte[] hash) {
        return task.reportHash() != null && Arrays.equals(task.reportHash(), hash);
    }

    private static @Nullable String line(@Nullable String message) {
        if (message == null) {
            return null;
        }
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** The lease is part of the report, so no other attempt's report has the same hash. */
    private static byte[] hash(TaskReport report) {
        try {
            return MessageDigests.sha256().digest(Json.mapper().writeValueAsBytes(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that was read can be written", e);
        }
    }
}
