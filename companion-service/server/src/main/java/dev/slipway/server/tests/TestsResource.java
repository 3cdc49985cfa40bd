package dev.slipway.server.tests;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.tests.TestRestart;
import dev.slipway.api.tests.TestResult;
import dev.slipway.api.tests.TestRun;
import dev.slipway.server.builds.BuildOwners;
import dev.slipway.server.builds.BuildViews;
import dev.slipway.server.builds.BuildsResource;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.LenientBody;
import dev.slipway.server.http.Wrapped;
import dev.slipway.server.identity.Audit;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import dev.slipway.server.tasks.TaskViews;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;

/** Tests, in the founding document's form with more members. */
@Path("/api/v1/tests")
@Produces(MediaType.APPLICATION_JSON)
public final class TestsResource {
    private final Transactions transactions;
    private final Tests tests;
    private final BuildViews builds;
    private final Audit audit;

    public TestsResource(Transactions transactions, Tests tests, BuildViews builds, Audit audit) {
        this.transactions = transactions;
        this.tests = tests;
        this.builds = builds;
        this.audit = audit;
    }

    @POST
    @Path("{id}/result")
    @Consumes(MediaType.APPLICATION_JSON)
    @Scope(Scopes.TESTS_RUN)
    public TestRun decide(
            @PathParam("id") long id, @LenientBody @Wrapped("result") TestResult result, @Context Caller caller) {
        return transactions.call(session -> {
            int before = Tests.get(id, session).status();
            TestRun after = tests.decide(id, result, caller.userId(), session);
            if (after.status() != before) {
                audit.record(
                        session,
                        caller,
                        "decide",
                        "test",
                        id,
                        Map.of("status", before),
                        Map.of("status", after.status()));
            }
            return after;
        });
    }

    @PUT
    @Path("build/{id}/restart")
    @Scope(Scopes.TESTS_RESTART)
    public TestRestart restartBuild(@PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        return transactions.call(session -> {
            requireMayRestart(id, caller, session);
            TestRestart restart = tests.restartBuild(
                    id,
                    () -> ETags.requireContent(headers, () -> BuildsResource.shown(builds.get(id, session), caller)),
                    session);
            audit.record(session, caller, "restart-tests", "build", id, null, restart);
            return restart;
        });
    }

    @PUT
    @Path("build_task/{id}/restart")
    @Scope(Scopes.TESTS_RESTART)
    public TestRestart restartBuildTask(
            @PathParam("id") long id, @Context HttpHeaders headers, @Context Caller caller) {
        return transactions.call(session -> {
            requireMayRestart(Tests.buildOf(id, session), caller, session);
            TestRestart restart = tests.restartBuildTask(
                    id, () -> ETags.requireContent(headers, () -> TaskViews.of(id, session)), session);
            audit.record(session, caller, "restart-tests", "build-task", id, null, restart);
            return restart;
        });
    }

    /** Those who may change the build, and those who may decide every test anyhow. */
    private static void requireMayRestart(long buildId, Caller caller, StatelessSession session) {
        if (!caller.may(Scopes.TESTS_RUN)) {
            BuildOwners.require(buildId, caller, session);
        }
    }

    @GET
    @Path("{id}/latest")
    @Scope(Scopes.TESTS_READ)
    public List<TestRun> latest(@PathParam("id") long id) {
        return transactions.read(session -> tests.latest(id, session));
    }

    @GET
    @Path("{id}/{revision: [0-9]+}")
    @Scope(Scopes.TESTS_READ)
    public List<TestRun> revision(@PathParam("id") long id, @PathParam("revision") int revision) {
        return transactions.read(session -> tests.revision(id, revision, session));
    }
}
