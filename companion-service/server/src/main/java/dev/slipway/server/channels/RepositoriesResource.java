package dev.slipway.server.channels;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryChange;
import dev.slipway.api.repositories.RepositoryPackage;
import dev.slipway.api.repositories.RepositoryPackages;
import dev.slipway.api.repositories.RepositoryPage;
import dev.slipway.api.repositories.RepositoryRequest;
import dev.slipway.api.repositories.RepositoryVersion;
import dev.slipway.api.repositories.RepositoryVersionPage;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Repositories: somebody else's, and those that this service serves. */
@Path("/api/v1/repositories")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RepositoriesResource {

    private static final String ROOT = "/api/v1/repositories/";

    private final Transactions transactions;
    private final RepositoryDesk desk;
    private final UploadedPackages uploads;
    private final Idempotency idempotency;

    RepositoriesResource(
            Transactions transactions, RepositoryDesk desk, UploadedPackages uploads, Idempotency idempotency) {
        this.transactions = transactions;
        this.desk = desk;
        this.uploads = uploads;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.REPOSITORIES_CREATE)
    public Response create(
            RepositoryRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Repository made = desk.create(request, caller, session);
            return Idempotency.Answer.created(ROOT + made.id() + "/", made);
        });
    }

    @GET
    @Scope(Scopes.REPOSITORIES_READ)
    public Response list(
            @BeanParam PageQuery page,
            @QueryParam("name") @Nullable String name,
            @QueryParam("arch") @Nullable String arch,
            @QueryParam("type") @Nullable String type,
            @QueryParam("debug") @Nullable Boolean debug,
            @QueryParam("production") @Nullable Boolean production,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("build_id") @Nullable Long buildId,
            @QueryParam("platform") @Nullable String platform,
            @QueryParam("distribution") @Nullable String distribution,
            @Context UriInfo uri) {
        RepositoryViews.Filter filter =
                new RepositoryViews.Filter(name, arch, type, debug, production, kind, buildId, platform, distribution);
        RepositoryViews views = desk.views();
        return transactions.read(session -> page.answer(
                views.list(filter, page.afterId(0), page.offset(), page.fetchLimit(), session),
                () -> views.count(filter, session),
                RepositoryPage::new,
                uri,
                Repository::id));
    }

    /** As the founding document says, {@code null} stands for a repository that is not there. */
    @GET
    @Path("{id}")
    @Scope(Scopes.REPOSITORIES_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Optional<Repository> found = transactions.read(session -> desk.views().find(id, session));
        return found.map(repository -> ETags.answer(request, tag(repository), repository))
                .orElseGet(() ->
                        Response.ok("null".getBytes(StandardCharsets.US_ASCII)).build());
    }

    @GET
    @Path("{id}/packages")
    @Scope(Scopes.REPOSITORIES_READ)
    public Response packages(
            @PathParam("id") long id,
            @QueryParam("version") @Nullable Integer version,
            @BeanParam PageQuery page,
            @Context UriInfo uri) {
        return transactions.read(session -> {
            RepositoryDesk.Version shown = desk.version(id, version, session);
            return page.answer(
                    desk.history()
                            .packages(id, shown.number(), page.afterId(0), page.offset(), page.fetchLimit(), session),
                    shown::packageCount,
                    RepositoryPackages::new,
                    uri,
                    RepositoryPackage::id);
        });
    }

    @PATCH
    @Path("{id}/packages")
    @Scope(Scopes.REPOSITORIES_UPDATE)
    public Response change(
            @PathParam("id") long id, RepositoryChange change, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> desk.mayChange(id, session));
        List<Long> uploaded = uploads.take(change.files() == null ? List.of() : change.files());
        Repository changed = transactions.call(session ->
                desk.change(id, change, uploaded, before -> ETags.require(headers, tag(before)), caller, session));
        return ETags.answer(tag(changed), changed);
    }

    @GET
    @Path("{id}/versions")
    @Scope(Scopes.REPOSITORIES_READ)
    public Response versions(@PathParam("id") long id, @BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> {
            desk.mustExist(id, session);
            return page.answer(
                    desk.history()
                            .versions(id, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                    () -> desk.history().countVersions(id, session),
                    RepositoryVersionPage::new,
                    uri,
                    RepositoryVersion::number);
        });
    }

    /** A repository changes with its content too. */
    private static long tag(Repository repository) {
        return (long) repository.revision() << 32 | repository.version();
    }
}
