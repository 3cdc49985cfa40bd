package dev.slipway.server.platforms;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.platforms.Platform;
import dev.slipway.api.platforms.PlatformPage;
import dev.slipway.api.platforms.PlatformRequest;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.jspecify.annotations.Nullable;

/** The platforms, in the founding document's form with more members. */
@Path("/api/v1/platforms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PlatformsResource {
    private static final String ROOT = "/api/v1/platforms/";

    private final Transactions transactions;
    private final Platforms platforms;
    private final Audit audit;
    private final Idempotency idempotency;

    public PlatformsResource(Transactions transactions, Platforms platforms, Audit audit, Idempotency idempotency) {
        this.transactions = transactions;
        this.platforms = platforms;
        this.audit = audit;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.PLATFORMS_CREATE)
    public Response create(
            PlatformRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Platform created = platforms.create(request, session);
            audit.record(session, caller, "create", "platform", created.id(), null, created);
            return Idempotency.Answer.created(ROOT + created.id() + "/", created);
        });
    }

    @PUT
    @Scope(Scopes.PLATFORMS_UPDATE)
    public Response update(PlatformRequest request, @Context HttpHeaders headers, @Context Caller caller) {
        Platform platform = transactions.call(session -> {
            Platform before = platforms
                    .find(request.name(), session)
                    .map(row -> platforms.view(row.id(), session))
                    .orElseThrow(() -> ProblemException.notFound("platform", request.name()));
            ETags.require(headers, before.revision());
            Platform after = platforms.update(request, session);
            audit.record(session, caller, "update", "platform", after.id(), before, after);
            return after;
        });
        return tagged(platform);
    }

    @GET
    @Scope(Scopes.PLATFORMS_READ)
    public Response list(@BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                platforms.list(page.after(""), page.offset(), page.fetchLimit(), session),
                () -> platforms.count(session),
                PlatformPage::new,
                uri,
                Platform::name));
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.PLATFORMS_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Platform platform = transactions.read(session -> platforms.view(id, session));
        return ETags.answer(request, platform.revision(), platform);
    }

    @PATCH
    @Path("{id}/add-repositories")
    @Scope(Scopes.PLATFORMS_UPDATE)
    public Response addRepositories(
            @PathParam("id") long id, List<Long> repositories, @Context HttpHeaders headers, @Context Caller caller) {
        return tagged(transactions.call(session -> {
            platforms.lock(id, ETags.expected(headers), session);
            Platform before = platforms.view(id, session);
            Platform after = platforms.addRepositories(id, repositories, session);
            audit.record(session, caller, "add-repositories", "platform", id, before, after);
            return after;
        }));
    }

    @PATCH
    @Path("{id}/remove-repositories")
    @Scope(Scopes.PLATFORMS_UPDATE)
    public Response removeRepositories(
            @PathParam("id") long id, List<Long> repositories, @Context HttpHeaders headers, @Context Caller caller) {
        return tagged(transactions.call(session -> {
            platforms.lock(id, ETags.expected(headers), session);
            Platform before = platforms.view(id, session);
            Platform after = platforms.removeRepositories(id, repositories, session);
            audit.record(session, caller, "remove-repositories", "platform", id, before, after);
            return after;
        }));
    }

    private static Response tagged(Platform platform) {
        return ETags.answer(platform.revision(), platform);
    }
}
