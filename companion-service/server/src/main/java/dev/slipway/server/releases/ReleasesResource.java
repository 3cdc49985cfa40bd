package dev.slipway.server.releases;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.releases.PlanEdit;
import dev.slipway.api.releases.Release;
import dev.slipway.api.releases.ReleaseAnswer;
import dev.slipway.api.releases.ReleaseChecksReport;
import dev.slipway.api.releases.ReleasePage;
import dev.slipway.api.releases.ReleaseRequest;
import dev.slipway.api.releases.ReleaseUpdate;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases, in the founding document's form with more members. */
@Path("/api/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ReleasesResource {

    private static final String ROOT = "/api/v1/releases/";

    private final Transactions transactions;
    private final Releases releases;
    private final ReleaseOrders orders;
    private final Idempotency idempotency;

    ReleasesResource(Transactions transactions, Releases releases, ReleaseOrders orders, Idempotency idempotency) {
        this.transactions = transactions;
        this.releases = releases;
        this.orders = orders;
        this.idempotency = idempotency;
    }

    @GET
    @Scope(Scopes.RELEASES_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("status") @Nullable Integer status,
            @QueryParam("platform_id") @Nullable Long platformId,
            @QueryParam("distribution") @Nullable String distribution,
            @QueryParam("build_id") @Nullable Long buildId,
            @Context UriInfo uri,
            @Context Caller caller) {
        ReleaseRows.Filter filter = new ReleaseRows.Filter(status, platformId, distribution, buildId);
        return transactions.read(session -> page.answer(
                eachShown(
                        releases.list(filter, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                        caller),
                () -> releases.count(filter, session),
                ReleasePage::new,
                uri,
                Release::id));
    }

    @POST
    @Path("new")
    @Scope(Scopes.RELEASES_PLAN)
    public Response create(
            ReleaseRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        if (Boolean.TRUE.equals(request.dryRun())) {
            return Response.ok(transactions.read(session -> releases.dryRun(request, caller, session)))
                    .build();
        }
        return idempotency.once(caller, key, "POST " + ROOT + "new/", request, session -> {
            Release made = releases.create(request, caller, session);
            return new Idempotency.Answer(200, ROOT + made.id() + "/", made);
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.RELEASES_READ)
    public Response get(@PathParam("id") long id, @Context Request request, @Context Caller caller) {
        Release release = transactions.read(session -> releases.get(id, session));
        return ETags.answer(request, release.revision(), shown(release, caller));
    }

    /** As a caller may see it: private data is for the user and for those who manage users. */
    private static Release shown(Release release, Caller caller) {
        return caller.seesPrivateDataOf(release.createdBy().id()) ? release : release.withoutPrivateData();
    }

    private static List<Release> eachShown(List<Release> releases, Caller caller) {
        return releases.stream().map(release -> shown(release, caller)).toList();
    }

    private static ReleaseAnswer shownIn(ReleaseAnswer answer, Caller caller) {
        return new ReleaseAnswer(shown(answer.release(), caller), answer.message(), answer.differences());
    }

    @GET
    @Path("{id}/checks")
    @Scope(Scopes.RELEASES_READ)
    public ReleaseChecksReport checks(@PathParam("id") long id) {
        return transactions.read(session -> releases.checks(id, session));
    }

    @PUT
    @Path("{id}")
    @Scope(Scopes.RELEASES_PLAN)
    public Response update(
            @PathParam("id") long id, ReleaseUpdate update, @Context HttpHeaders headers, @Context Caller caller) {
        return tagged(
                transactions.call(session -> releases.update(id, update, ETags.expected(headers), caller, session)),
                caller);
    }

    @PATCH
    @Path("{id}/plan")
    @Scope(Scopes.RELEASES_PLAN)
    public Response edit(
            @PathParam("id") long id, PlanEdit edit, @Context HttpHeaders headers, @Context Caller caller) {
        return tagged(
                transactions.call(session -> releases.edit(id, edit, ETags.expected(headers), caller, session)),
                caller);
    }

    private static Response tagged(Release release, Caller caller) {
        return ETags.answer(release.revision(), shown(release, caller));
    }

    @POST
    @Path("{id}/commit")
    @Consumes(MediaType.WILDCARD)
    @Scope(Scopes.RELEASES_COMMIT)
    public Response commit(
            @PathParam("id") long id,
            @QueryParam("plan_hash") @Nullable String planHash,
            @QueryParam("dry_run") @Nullable Boolean dryRun,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        if (Boolean.TRUE.equals(dryRun)) {
            return Response.ok(shownIn(transactions.read(session -> orders.dryRun(id, session)), caller))
                    .build();
        }
        ReleaseAnswer answer =
                transactions.call(session -> orders.commit(id, ETags.expected(headers), planHash, caller, session));
        return Response.accepted(shownIn(answer, caller)).build();
    }

    @POST
    @Path("{id}/approve")
    @Consumes(MediaType.WILDCARD)
    @Scope(Scopes.RELEASES_APPROVE)
    public Response approve(
            @PathParam("id") long id,
            @QueryParam("plan_hash") @Nullable String planHash,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        return tagged(
                transactions.call(session -> orders.approve(id, ETags.expected(headers), planHash, caller, session)),
                caller);
    }

    @POST
    @Path("{id}/revert")
    @Consumes(MediaType.WILDCARD)
    @Scope(Scopes.RELEASES_COMMIT)
    public ReleaseAnswer revert(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        return shownIn(
                transactions.call(session -> orders.revert(id, ETags.expected(headers), caller, session)), caller);
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.RELEASES_PLAN)
    public void remove(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> releases.remove(id, ETags.expected(headers), caller, session));
    }
}
