package dev.slipway.server.tasks;

import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.ClaimedTask;
import dev.slipway.server.database.GroupedCalls;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.http.Violations;
import dev.slipway.server.tasks.TaskDescriptions.UndescribableException;
import dev.slipway.server.workers.Slots;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks to workers, with all that they need to know. */
public final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final int GROUPS_AT_ONCE = 2;
    private static final int LARGEST_GROUP = 64;

    private final Transactions transactions;
    private final TaskQueue queue;
    private final TaskStore store;
    private final TaskDescriptions descriptions;
    private final TaskEnds ends;
    private final Workers workers;
    private final GroupedCalls<Ask, FirstTry> firstTries =
            new GroupedCalls<>(GROUPS_AT_ONCE, LARGEST_GROUP, this::firstTries);

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
        this.descriptions = new TaskDescriptions(kinds, settings);
        this.ends = ends;
        this.workers = workers;
    }

    /** A worker that is about to claim, and what it takes. */
    public record Claimer(WorkerRow worker, Set<String> slots) {
        TaskQueue.Claimant claimant() {
            return new TaskQueue.Claimant(worker.id(), worker.name(), worker.userId());
        }
    }

    /** A task handed out. */
    public record HandedOut(TaskRow task, ClaimedTask description) {}

    /** What a claim's first try came to. */
    public record FirstTry(Claimer claimer, Optional<HandedOut> handedOut) {}

    private record Ask(ClaimRequest request, long userId) {
        Workers.Identity worker() {
            return new Workers.Identity(request.worker(), userId);
        }
    }

    /** Checks a claim's request, and notes that the worker lives. A draining worker takes nothing. */
    public Claimer claimer(ClaimRequest request, long userId) {
        check(request);
        return transactions.call(session -> workers.seen(request.worker(), userId, session)
                .map(worker -> claimer(worker, request))
                .orElseThrow(() -> unregistered(request.worker())));
    }

    private static void check(ClaimRequest request) {
        Violations violations = new Violations();
        Workers.checkOffer(request.kinds(), request.arches(), request.keyIds(), violations);
        violations.throwIfAny();
    }

    private static Claimer claimer(WorkerRow worker, ClaimRequest request) {
        return worker.draining()
                ? new Claimer(worker, Set.of())
                : new Claimer(
                        worker,
                        Slots.offered(
                                or(request.kinds(), worker.kinds()),
                                or(request.arches(), worker.arches()),
                                or(request.keyIds(), worker.keyIds())));
    }

    private static List<String> or(@Nullable List<String> given, List<String> registered) {
        return given == null ? registered : given;
    }

    static ProblemException unregistered(String worker) {
        return ProblemException.unprocessable(
                "no worker of yours is called '" + worker + "': register it by POST /api/v1/workers/ first");
    }

    /** {@link #claimer} and a try, together with those of whoever claims at the same time. */
    public FirstTry firstTry(ClaimRequest request, long userId) {
        check(request);
        return firstTries.call(new Ask(request, userId));
    }

    private List<Supplier<FirstTry>> firstTries(List<Ask> asks) {
        return describable(session -> firstTries(asks, session));
    }

    private List<Supplier<FirstTry>> firstTries(List<Ask> asks, StatelessSession session) {
        Map<Workers.Identity, WorkerRow> found =
                workers.seen(asks.stream().map(Ask::worker).collect(Collectors.toSet()), session);
        List<Optional<Claimer>> claimers = asks.stream()
                .map(ask -> Optional.ofNullable(found.get(ask.worker())).map(worker -> claimer(worker, ask.request())))
                .toList();
        Map<Integer, TaskRow> taken = take(claimers, session);
        Map<Long, HandedOut> described = descriptions.of(List.copyOf(taken.values()), session).stream()
                .collect(Collectors.toMap(each -> each.task().id(), each -> each));
        List<Supplier<FirstTry>> answers = new ArrayList<>();
        for (int i = 0; i < asks.size(); i++) {
            Ask ask = asks.get(i);
            Optional<Claimer> claimer = claimers.get(i);
            Optional<HandedOut> handedOut = Optional.ofNullable(taken.get(i)).map(task -> described.get(task.id()));
            answers.add(() -> new FirstTry(
                    claimer.orElseThrow(() -> unregistered(ask.request().worker())), handedOut));
        }
        return answers;
    }

    /** Tasks for claimers, by their places in the list; those who take the same are served at once. */
    private Map<Integer, TaskRow> take(List<Optional<Claimer>> claimers, StatelessSession session) {
        Map<Set<String>, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < claimers.size(); i++) {
            Set<String> slots = claimers.get(i).map(Claimer::slots).orElse(Set.of());
            if (!slots.isEmpty()) {
                places.computeIfAbsent(slots, unseen -> new ArrayList<>()).add(i);
            }
        }
        Map<Integer, TaskRow> taken = new LinkedHashMap<>();
        places.forEach((slots, own) -> {
            List<TaskQueue.Claimant> claimants = own.stream()
                    .map(i -> claimers.get(i).orElseThrow().claimant())
                    .toList();
            List<TaskRow> tasks = queue.claim(slots, claimants, List.of(), session);
            for (int i = 0; i < tasks.size(); i++) {
                taken.put(own.get(i), tasks.get(i));
            }
        });
        return taken;
    }

    /** One try. A task that cannot be described ends as error, so that it doesn't come up again and again. */
    public Optional<HandedOut> attempt(Claimer claimer) {
        return attempt(claimer, List.of());
    }

    private Optional<HandedOut> attempt(Claimer claimer, List<String> refused) {
        return claimer.slots().isEmpty()
                ? Optional.empty()
                : describable(session ->
                        descriptions
                                .of(
                                        queue.claim(claimer.slots(), List.of(claimer.claimant()), refused, session),
                                        session)
                                .stream()
                                .findFirst());
    }

    private <T> T describable(Function<StatelessSession, T> work) {
        while (true) {
            try {
                return transactions.call(work);
            } catch (UndescribableException e) {
                giveUp(e);
            }
        }
    }

    /** What the worker holds and has not named in a ping, described again; for callers that know of no leases. */
    public Optional<HandedOut> held(Claimer claimer) {
        return transactions.call(session ->
                descriptions
                        .of(
                                queue.held(claimer.claimant(), claimer.slots(), session).stream()
                                        .toList(),
                                session)
                        .stream()
                        .findFirst());
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
}
