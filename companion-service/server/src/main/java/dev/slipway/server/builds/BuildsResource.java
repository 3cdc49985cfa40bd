package dev.slipway.server.builds;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildPage;
import dev.slipway.api.builds.BuildRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.Wrapped;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Builds, in the founding document's form with more members. */
@Path("/api/v1/builds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BuildsResource {
    private final Transactions transactions;
    private final Builds builds;
    private final BuildRestart restart;
    private final BuildViews views;
    private final RenderedBuilds rendered;
    private final Idempotency idempotency;
    private final Audit audit;

    public BuildsResource(
            Transactions transactions,
            Builds builds,
            BuildRestart restart,
            BuildViews views,
            Idempotency idempotency,
            Audit audit) {
        this.transactions = transactions;
        this.builds = builds;
        this.restart = restart;
        this.views = views;
        this.rendered = new RenderedBuilds(views);
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @POST
    @Scope(Scopes.BUILDS_CREATE)
    public Response create(
            @Wrapped("build") BuildRequest request,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context Caller caller) {
        return idempotency.once(caller, key, "POST /builds", request, session -> {
            long id = builds.create(request, caller.userId(), session);
            Build build = shown(views.get(id, session), caller);
            audit.record(session, caller, "create", "build", id, null, request);
            return Idempotency.Answer.created("/api/v1/builds/" + id + "/", build);
        });
    }

    @GET
    @Scope(Scopes.BUILDS_READ)
    public Response list(
            @BeanParam BuildQuery query, @BeanParam PageQuery page, @Context UriInfo uri, @Context Caller caller) {
        BuildFilter filter = query.filter();
        return transactions.read(session -> {
            if (page.isPaged()) {
                BuildViews.Page found = views.page(filter, page.offset(), page.limit(), session);
                return Response.ok(new BuildPage(eachShown(found.builds(), caller), found.total(), page.number()))
                        .build();
            }
            BuildViews.Piece found = views.piece(filter.before(page.afterId(Long.MAX_VALUE)), page.limit(), session);
            return page.bare(eachShown(found.builds(), caller), found.more(), uri, build -> String.valueOf(build.id()));
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.BUILDS_READ)
    public Response get(@PathParam("id") long id, @Context Caller caller, @Context Request request) {
        RenderedBuilds.Rendered build =
                transactions.read(session -> rendered.get(id, caller::seesPrivateDataOf, session));
        return ETags.answer(request, build.tag(), build.json());
    }

    /** As a caller may see it: private data is for the user and for those who manage users. */
    public static Build shown(Build build, Caller caller) {
        return caller.seesPrivateDataOf(build.user().id()) ? build : build.withoutPrivateData();
    }

    private static List<Build> eachShown(List<Build> builds, Caller caller) {
        return builds.stream().map(build -> shown(build, caller)).toList();
    }

    @PATCH
    @Path("{id}/restart-failed")
    @Scope(Scopes.BUILDS_RESTART)
    public Build restartFailed(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        return change(id, "restart-failed", restart::restartFailed, headers, caller);
    }

    @PATCH
    @Path("{id}/cancel")
    @Scope(Scopes.BUILDS_CANCEL)
    public Build cancel(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        return change(id, "cancel", builds::cancel, headers, caller);
    }

    private Build change(
            long id, String action, BiConsumer<Long, StatelessSession> change, HttpHeaders headers, Caller caller) {
        return transactions.call(session -> {
            BuildOwners.require(id, caller, session);
            requireUnchanged(id, headers, caller, session);
            Map<String, Object> before = BuildOwners.facts(id, session);
            change.accept(id, session);
            audit.record(session, caller, action, "build", id, before, BuildOwners.facts(id, session));
            return shown(views.get(id, session), caller);
        });
    }

    private void requireUnchanged(long id, HttpHeaders headers, Caller caller, StatelessSession session) {
        Builds.lock(id, session);
        ETags.requireContent(headers, () -> shown(views.get(id, session), caller));
    }

    @DELETE
    @Path("{id}/remove")
    @Scope(Scopes.BUILDS_DELETE)
    public void remove(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> {
            BuildOwners.require(id, caller, session);
            requireUnchanged(id, headers, caller, session);
            Map<String, Object> before = BuildOwners.facts(id, session);
            builds.remove(id, session);
            audit.record(session, caller, "delete", "build", id, before, null);
        });
    }
}
