package dev.slipway.server.buildnodes;

import dev.slipway.api.buildnode.NodeAnswer;
import dev.slipway.api.buildnode.NodeReport;
import dev.slipway.api.buildnode.NodeStatus;
import dev.slipway.api.buildnode.NodeTask;
import dev.slipway.api.buildnode.NodeTaskRequest;
import dev.slipway.api.tasks.ReportedArtifact;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.tasks.Claims;
import dev.slipway.server.tasks.Leases;
import dev.slipway.server.tasks.TaskReports;
import dev.slipway.server.tasks.TaskRow;
import dev.slipway.server.tasks.TaskState;
import dev.slipway.server.tasks.TaskStore;
import dev.slipway.server.workers.Slots;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The founding system's protocol for build nodes. They know of no leases, so the lease is bound to the user whose token they
 * show: each node has a user of its own. A node that asks again gets the same task again until it has named that task in a
 * ping; from then on it is known to have it, and asking again is asking for more. What nobody names for the lease's time is
 * handed out anew.
 */
public final class BuildNodes {
    private static final String KIND = "build";
    private static final String NO_REASON = "the build node reported that the build failed; its logs say more";

    private final Transactions transactions;
    private final Workers workers;
    private final Claims claims;
    private final Leases leases;
    private final TaskStore tasks;
    private final TaskReports reports;
    private final NodeTasks description;
    private final NodeArtifacts artifacts;
    private final Duration lease;

    /** @param lease how long a node may stay silent about a task */
    public BuildNodes(
            Transactions transactions,
            Workers workers,
            Claims claims,
            Leases leases,
            TaskStore tasks,
            TaskReports reports,
            NodeTasks description,
            NodeArtifacts artifacts,
            Duration lease) {
        this.transactions = transactions;
        this.workers = workers;
        this.claims = claims;
        this.leases = leases;
        this.tasks = tasks;
        this.reports = reports;
        this.description = description;
        this.artifacts = artifacts;
        this.lease = lease;
    }

    NodeAnswer ping(NodeStatus status, Caller caller) {
        return new NodeAnswer(true, leases.pingWithoutLeases(status.activeTasks(), caller.userId(), lease), null);
    }

    /** A task, or nothing to do. */
    Optional<NodeTask> task(NodeTaskRequest request, Caller caller) {
        List<String> arches = NodeArches.narrowed(request.supportedArches());
        WorkerRequest offer =
                new WorkerRequest("build-node:" + caller.username(), List.of(KIND), arches, List.of(), null);
        WorkerRow worker = transactions.call(session -> workers.register(offer, caller.userId(), session));
        Claims.Claimer claimer = new Claims.Claimer(worker, Slots.offered(List.of(KIND), arches, List.of()));
        return claims.held(claimer)
                .or(() -> worker.draining()
                        ? Optional.empty()
                        : claims.attemptFor(claimer, lease, request.excludedPackages()))
                .map(found -> transactions.read(session -> description.of(found, session)));
    }

    /**
     * Takes a node's report of one of its tasks.
     *
     * @throws ProblemException 404 for what is no build task, 409 when it has ended or is not the caller's, 422 for artifacts
     *     that were not uploaded so; the report can be sent again then
     */
    NodeAnswer done(NodeReport report, Caller caller) {
        String outcome = outcome(report.status());
        TaskRow task = transactions
                .read(session -> tasks.find(report.taskId(), session))
                .filter(found -> found.kind().equals(KIND))
                .orElseThrow(() -> ProblemException.notFound("build task", report.taskId()));
        if (task.state().hasEnded()) {
            throw ProblemException.conflict("build task " + task.id() + " has ended as "
                    + task.state().statusName() + " before: this report comes too late");
        }
        UUID held = held(task, caller);
        List<ReportedArtifact> files =
                transactions.call(session -> artifacts.note(task.id(), held, report.artifacts(), session));
        reports.take(
                task.id(),
                new TaskReport(
                        held,
                        outcome,
                        outcome.equals("failed") ? NO_REASON : null,
                        null,
                        files,
                        NodeArtifacts.commit(report.gitCommitHash()),
                        null,
                        List.of()),
                caller.userId());
        return new NodeAnswer(true, null, refusal(task.id(), outcome));
    }

    private static String outcome(String status) {
        return switch (status) {
            case "done" -> "succeeded";
            case "failed", "excluded" -> status;
            default ->
                throw ProblemException.unprocessable("/status: '" + status + "' is not one of done, failed, excluded");
        };
    }

    private static UUID held(TaskRow task, Caller caller) {
        UUID lease = task.leaseId();
        if (lease == null || !Objects.equals(task.leaseUserId(), caller.userId())) {
            throw ProblemException.of(
                    "lease-lost",
                    409,
                    "The lease is lost",
                    "build task " + task.id() + " is not held by this caller: drop the work and ask for a task anew");
        }
        return lease;
    }

    private @Nullable String refusal(long taskId, String outcome) {
        return outcome.equals("failed")
                ? null
                : transactions
                        .read(session -> tasks.find(taskId, session))
                        .filter(task -> task.state() == TaskState.FAILED)
                        .map(TaskRow::error)
                        .orElse(null);
    }
}
