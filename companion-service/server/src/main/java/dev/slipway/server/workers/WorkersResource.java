package dev.slipway.server.workers;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.workers.Worker;
import dev.slipway.api.workers.WorkerPage;
import dev.slipway.api.workers.WorkerRequest;
import dev.slipway.api.workers.WorkerUpdate;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The workers, and how one of them registers. */
@Path("/api/v1/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WorkersResource {
    private final Transactions transactions;
    private final Workers workers;
    private final Audit audit;

    public WorkersResource(Transactions transactions, Workers workers, Audit audit) {
        this.transactions = transactions;
        this.workers = workers;
        this.audit = audit;
    }

    @POST
    @Scope(Scopes.WORKERS_REGISTER)
    public Worker register(WorkerRequest request, @Context Caller caller) {
        return transactions.call(session -> {
            boolean known = workers.exists(request.name(), session);
            Worker worker = workers.find(
                    workers.register(request, caller.userId(), session).id(), session);
            if (!known) {
                audit.record(session, caller, "register", "worker", worker.id(), null, worker);
            }
            return worker;
        });
    }

    @GET
    @Scope(Scopes.WORKERS_READ)
    public Response list(@BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                workers.list(page.afterId(0), page.offset(), page.fetchLimit(), session),
                () -> workers.count(session),
                WorkerPage::new,
                uri,
                Worker::id));
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.WORKERS_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Worker worker = transactions.read(session -> workers.find(id, session));
        return ETags.answer(request, ETags.ofContent(Workers.lasting(worker)), worker);
    }

    @PATCH
    @Path("{id}")
    @Scope(Scopes.WORKERS_MANAGE)
    public Response update(
            @PathParam("id") long id, WorkerUpdate update, @Context HttpHeaders headers, @Context Caller caller) {
        Boolean draining = update.draining();
        if (draining == null) {
            throw ProblemException.badRequest("draining says whether the worker is to get no new tasks");
        }
        Worker worker = transactions.call(session -> {
            Worker before = workers.lock(id, session);
            ETags.requireContent(headers, () -> Workers.lasting(before));
            Worker after = workers.drain(id, draining, session);
            audit.record(session, caller, draining ? "drain" : "resume", "worker", id, before, after);
            return after;
        });
        return ETags.answer(ETags.ofContent(Workers.lasting(worker)), worker);
    }
}
