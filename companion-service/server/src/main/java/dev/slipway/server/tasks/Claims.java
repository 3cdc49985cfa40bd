package dev.slipway.server.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.Lease;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Json;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.workers.Slots;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks to workers, with all that they need to know. */
public final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Transactions transactions;
    private final TaskQueue queue;
    private final TaskStore store;
    private final TaskKinds kinds;
    private final TaskEnds ends;
    private final Workers workers;
    private final TaskSettings settings;

    public Claims(
            Transactions transactions,
            TaskQueue queue,
            TaskStore store,
            TaskKinds kinds,
            TaskEnds ends,
            Workers workers,
            TaskSettings settings) {
        this.transactions = transactions;
        this.queue = queue;
        this.store = store;
        this.kinds = kinds;
        this.ends = ends;
        this.workers = workers;
        this.settings = settings;
    }

    /** A worker that is about to claim, and what it takes. */
    public record Claimer(WorkerRow worker, Set<String> slots) {
        TaskQueue.Claimant claimant() {
            return new TaskQueue.Claimant(worker.id(), worker.name(), worker.userId());
        }
    }

    /** A task handed out. */
    public record HandedOut(TaskRow task, ObjectNode description) {}

    /** Checks a claim's request, and notes that the worker lives. A draining worker takes nothing. */
    public Claimer claimer(ClaimRequest request, long userId) {
        check(request);
        return transactions.call(session -> claimer(request, userId, session));
    }

    private static void check(ClaimRequest request) {
        Violations violations = new Violations();
        Workers.checkOffer(request.kinds(), request.arches(), request.keyIds(), violations);
        violations.throwIfAny();
    }

    private Claimer claimer(ClaimRequest request, long userId, StatelessSession session) {
        WorkerRow worker = workers.seen(request.worker(), userId, session)
                .orElseThrow(() -> ProblemException.unprocessable("no worker of yours is called '" + request.worker()
                        + "': register it by POST /api/v1/workers/ first"));
        if (worker.draining()) {
            return new Claimer(worker, Set.of());
        }
        return new Claimer(
                worker,
                Slots.offered(
                        or(request.kinds(), worker.kinds()),
                        or(request.arches(), worker.arches()),
                        or(request.keyIds(), worker.keyIds())));
    }

    /** What a claim's first try came to. */
    public record FirstTry(Claimer claimer, Optional<HandedOut> handedOut) {}

    /** {@link #claimer} and a try in one transaction, for the many claims that find work at once. */
    public FirstTry firstTry(ClaimRequest request, long userId) {
        check(request);
        try {
            return transactions.call(session -> {
                Claimer claimer = claimer(request, userId, session);
                return new FirstTry(claimer, tryOnce(claimer, List.of(), session));
            });
        } catch (UndescribableException e) {
            giveUp(e);
            Claimer claimer = claimer(request, userId);
            return new FirstTry(claimer, attempt(claimer));
        }
    }

    private Optional<HandedOut> tryOnce(Claimer claimer, List<String> refused, StatelessSession session) {
        return claimer.slots().isEmpty()
                ? Optional.empty()
                : queue.claim(claimer.slots(), claimer.claimant(), refused, session)
                        .map(task -> new HandedOut(task, describe(task, session)));
    }

    private static List<String> or(@Nullable List<String> given, List<String> registered) {
        return given == null ? registered : given;
    }

    /** One try. A task that cannot be described ends as error, so that it doesn't come up again and again. */
    public Optional<HandedOut> attempt(Claimer claimer) {
        return attempt(claimer, List.of());
    }

    private Optional<HandedOut> attempt(Claimer claimer, List<String> refused) {
        while (true) {
            try {
                return transactions.call(session -> tryOnce(claimer, refused, session));
            } catch (UndescribableException e) {
                giveUp(e);
            }
        }
    }

    /** What the worker holds and has not named in a ping, described again; for callers that know of no leases. */
    public Optional<HandedOut> held(Claimer claimer) {
        return transactions.call(session ->
                queue.held(claimer.claimant(), session).map(task -> new HandedOut(task, describe(task, session))));
    }

    /** As {@link #attempt}, for callers that know of no leases: the task is theirs for all the time it has. */
    public Optional<HandedOut> attemptToTheEnd(Claimer claimer) {
        Optional<HandedOut> found = attempt(claimer);
        found.ifPresent(each -> transactions.run(session ->
                queue.keepFor(each.task(), Duration.ofSeconds(each.task().timeoutSeconds()), session)));
        return found;
    }

    /**
     * As {@link #attempt}, for callers that know of no leases but ping: the task is theirs for that long without a ping.
     *
     * @param refused parts of sources' URLs, in whatever case, that the caller does not build
     */
    public Optional<HandedOut> attemptFor(Claimer claimer, Duration lease, List<String> refused) {
        Optional<HandedOut> found = attempt(claimer, refused);
        found.ifPresent(each -> transactions.run(session -> queue.keepFor(each.task(), lease, session)));
        return found;
    }

    /** Takes a task back that did not reach its worker. */
    public void giveBack(HandedOut handedOut) {
        transactions.run(session -> queue.giveBack(handedOut.task(), session));
    }

    private void giveUp(UndescribableException e) {
        LOG.error("task {} cannot be handed out", e.taskId, e.getCause());
        transactions.run(session -> store.lock(e.taskId, session)
                .filter(task -> task.state() == TaskState.READY)
                .ifPresent(task -> ends.end(
                        task,
                        TaskEnds.End.of(
                                TaskState.ERROR,
                                "INTERNAL",
                                "it could not be handed out; the service's log has the cause"),
                        session)));
    }

    private ObjectNode describe(TaskRow task, StatelessSession session) {
        try {
            ObjectNode node = Json.mapper().createObjectNode();
            node.put("id", task.id());
            node.put("kind", task.kind());
            node.put("arch", task.arch());
            node.put("attempt", task.attempts());
            node.put("timeout_seconds", task.timeoutSeconds());
            node.set("lease", Json.mapper().valueToTree(lease(task)));
            node.set(task.kind(), kinds.of(task).describe(task, session));
            return node;
        } catch (IllegalStateException | IllegalArgumentException | ProblemException e) {
            throw new UndescribableException(task.id(), e);
        }
    }

    private Lease lease(TaskRow task) {
        return new Lease(
                Objects.requireNonNull(task.leaseId()),
                task.generation(),
                Objects.requireNonNull(task.leaseExpiresAt()),
                (int) settings.renew().toSeconds());
    }

    private static final class UndescribableException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final long taskId;

        UndescribableException(long taskId, RuntimeException cause) {
            super(cause);
            this.taskId = taskId;
        }
    }
}
