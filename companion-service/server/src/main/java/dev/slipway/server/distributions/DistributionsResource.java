package dev.slipway.server.distributions;

import dev.slipway.api.distributions.Distribution;
import dev.slipway.api.distributions.DistributionPage;
import dev.slipway.api.distributions.DistributionRequest;
import dev.slipway.api.distributions.DistributionUpdate;
import dev.slipway.api.identity.Scopes;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Distributions, and the builds put into them. */
@Path("/api/v1/distributions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DistributionsResource {

    private static final String ROOT = "/api/v1/distributions/";
    private static final Map<String, Boolean> DONE = Map.of("success", true);

    private final Transactions transactions;
    private final Distributions distributions;
    private final Idempotency idempotency;

    public DistributionsResource(Transactions transactions, Distributions distributions, Idempotency idempotency) {
        this.transactions = transactions;
        this.distributions = distributions;
        this.idempotency = idempotency;
    }

    @POST
    @Scope(Scopes.DISTRIBUTIONS_CREATE)
    public Response create(
            DistributionRequest request,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Distribution made = distributions.create(request.unwrapped(), caller, session);
            return new Idempotency.Answer(201, null, made);
        });
    }

    @GET
    @Scope(Scopes.DISTRIBUTIONS_READ)
    public Response list(@BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                distributions.list(page.after(""), page.offset(), page.fetchLimit(), session),
                () -> distributions.count(session),
                DistributionPage::new,
                uri,
                Distribution::name));
    }

    @GET
    @Path("{distribution}")
    @Scope(Scopes.DISTRIBUTIONS_READ)
    public Response get(@PathParam("distribution") String name, @Context Request request) {
        Distribution found = transactions.read(session -> distributions.find(name, session));
        return ETags.answer(request, found.revision(), found);
    }

    @PATCH
    @Path("{distribution}")
    @Scope(Scopes.DISTRIBUTIONS_MANAGE)
    public Response update(
            @PathParam("distribution") String name,
            DistributionUpdate update,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        Distribution after = transactions.call(
                session -> distributions.update(name, update, ETags.expected(headers), caller, session));
        return ETags.answer(after.revision(), after);
    }

    @POST
    @Path("add/{build_id}/{distribution}")
    @Scope(Scopes.DISTRIBUTIONS_UPDATE)
    public Map<String, Boolean> add(
            @PathParam("build_id") long buildId,
            @PathParam("distribution") String distribution,
            @Context Caller caller) {
        transactions.run(session -> distributions.add(buildId, distribution, caller, session));
        return DONE;
    }

    @POST
    @Path("remove/{build_id}/{distribution}")
    @Scope(Scopes.DISTRIBUTIONS_UPDATE)
    public Map<String, Boolean> remove(
            @PathParam("build_id") long buildId,
            @PathParam("distribution") String distribution,
            @Context Caller caller) {
        transactions.run(session -> distributions.remove(buildId, distribution, caller, session));
        return DONE;
    }
}
