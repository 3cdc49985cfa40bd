package dev.slipway.server.tasks;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.api.identity.Scopes;
import dev.slipway.api.tasks.ClaimRequest;
import dev.slipway.api.tasks.LeaveRequest;
import dev.slipway.api.tasks.PingAnswer;
import dev.slipway.api.tasks.PingRequest;
import dev.slipway.api.tasks.Task;
import dev.slipway.api.tasks.TaskExplanation;
import dev.slipway.api.tasks.TaskReport;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Asker;
import dev.slipway.server.http.LongPolls;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import dev.slipway.server.workers.WorkerRow;
import dev.slipway.server.workers.Workers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** What workers ask for and report, and what anybody may see of a task. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TasksResource {
    private static final int RETRY_SECONDS = 5;

    private final Transactions transactions;
    private final Claims claims;
    private final Leases leases;
    private final TaskReports reports;
    private final TaskExplainer explainer;
    private final Workers workers;
    private final LongPolls polls;

    public TasksResource(
            Transactions transactions,
            Claims claims,
            Leases leases,
            TaskReports reports,
            TaskExplainer explainer,
            Workers workers,
            LongPolls polls) {
        this.transactions = transactions;
        this.claims = claims;
        this.leases = leases;
        this.reports = reports;
        this.explainer = explainer;
        this.workers = workers;
        this.polls = polls;
    }

    @POST
    @Path("claim")
    @Scope(Scopes.TASKS_CLAIM)
    public void claim(
            ClaimRequest request, @Context Caller caller, @Context Asker asker, @Suspended AsyncResponse response) {
        Duration wait = LongPolls.waitSeconds(request.waitSeconds());
        Claims.FirstTry first = claims.firstTry(request, caller.userId());
        if (first.handedOut().isPresent() || wait.isZero()) {
            response.resume(answer(first.handedOut(), false));
            return;
        }
        Claims.Claimer claimer = first.claimer();
        polls.answer(
                response,
                asker.called(name(claimer.worker())),
                TaskStore.READY_TOPIC,
                claimer.slots(),
                wait,
                () -> claims.attempt(claimer),
                found -> answer(found, true));
    }

    /** The task, or JSON null and the advice when to ask again. */
    private static Response answer(Optional<Claims.HandedOut> found, boolean waited) {
        return found.map(handedOut -> Response.ok(handedOut.description()))
                .orElseGet(() ->
                        Response.ok(NullNode.getInstance()).header(HttpHeaders.RETRY_AFTER, waited ? 0 : RETRY_SECONDS))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    @POST
    @Path("ping")
    @Scope(Scopes.TASKS_CLAIM)
    public PingAnswer ping(PingRequest request, @Context Caller caller) {
        String worker = request.worker();
        if (worker != null) {
            transactions.run(session -> workers.seen(worker, caller.userId(), session));
        }
        return leases.ping(request, caller.userId());
    }

    @POST
    @Path("leave")
    @Scope(Scopes.TASKS_CLAIM)
    public void leave(LeaveRequest request, @Context Caller caller) {
        transactions.run(session -> {
            WorkerRow worker = workers.seen(request.worker(), caller.userId(), session)
                    .orElseThrow(() -> Claims.unregistered(request.worker()));
            leases.giveUp(worker, request.leases(), session);
            LongPolls.leave(name(worker), session);
        });
    }

    private static String name(WorkerRow worker) {
        return "worker-" + worker.id();
    }

    @POST
    @Path("{id}/report")
    @Scope(Scopes.TASKS_CLAIM)
    public Task report(@PathParam("id") long id, TaskReport report, @Context Caller caller) {
        reports.take(id, report, caller.userId());
        return get(id);
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.TASKS_READ)
    public Task get(@PathParam("id") long id) {
        return transactions.read(session -> TaskViews.of(id, session));
    }

    @GET
    @Path("{id}/explain")
    @Scope(Scopes.TASKS_READ)
    public TaskExplanation explain(@PathParam("id") long id) {
        return transactions.read(session -> explainer.explain(id, session));
    }
}
