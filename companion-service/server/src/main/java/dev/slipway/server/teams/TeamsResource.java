package dev.slipway.server.teams;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.identity.Team;
import dev.slipway.api.identity.TeamPage;
import dev.slipway.api.identity.TeamRequest;
import dev.slipway.api.identity.TeamUpdate;
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
import org.jspecify.annotations.Nullable;

/** Teams and who is in them. */
@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TeamsResource {
    private static final String ROOT = "/api/v1/teams/";

    private final Transactions transactions;
    private final Teams teams;
    private final Idempotency idempotency;

    TeamsResource(Transactions transactions, Teams teams, Idempotency idempotency) {
        this.transactions = transactions;
        this.teams = teams;
        this.idempotency = idempotency;
    }

    @GET
    @Scope(Scopes.TEAMS_READ)
    public Response list(@QueryParam("name") @Nullable String name, @BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                teams.list(name, page.after(""), page.offset(), page.fetchLimit(), session),
                () -> teams.count(name, session),
                TeamPage::new,
                uri,
                Team::name));
    }

    @POST
    @Scope(Scopes.TEAMS_MANAGE)
    public Response create(
            TeamRequest request, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        return idempotency.once(caller, key, "POST " + ROOT, request, session -> {
            Team made = teams.create(request, caller, session);
            return Idempotency.Answer.created(ROOT + made.id() + "/", made);
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.TEAMS_READ)
    public Response get(@PathParam("id") long id, @Context Request request) {
        Team team = transactions.read(session -> teams.get(id, session));
        return ETags.answer(request, team.revision(), team);
    }

    @PATCH
    @Path("{id}")
    @Scope(Scopes.TEAMS_MANAGE)
    public Response update(
            @PathParam("id") long id, TeamUpdate update, @Context HttpHeaders headers, @Context Caller caller) {
        return tagged(transactions.call(session -> teams.update(id, update, ETags.expected(headers), caller, session)));
    }

    @DELETE
    @Path("{id}")
    @Scope(Scopes.TEAMS_MANAGE)
    public void remove(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        transactions.run(session -> teams.remove(id, ETags.expected(headers), caller, session));
    }

    @PUT
    @Path("{id}/members/{username}")
    @Consumes(MediaType.WILDCARD)
    @Scope(Scopes.TEAMS_MANAGE)
    public Response addMember(
            @PathParam("id") long id,
            @PathParam("username") String username,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        return tagged(
                transactions.call(session -> teams.addMember(id, username, ETags.expected(headers), caller, session)));
    }

    @DELETE
    @Path("{id}/members/{username}")
    @Scope(Scopes.TEAMS_MANAGE)
    public Response removeMember(
            @PathParam("id") long id,
            @PathParam("username") String username,
            @Context HttpHeaders headers,
            @Context Caller caller) {
        return tagged(transactions.call(
                session -> teams.removeMember(id, username, ETags.expected(headers), caller, session)));
    }

    private static Response tagged(Team team) {
        return ETags.answer(team.revision(), team);
    }
}
