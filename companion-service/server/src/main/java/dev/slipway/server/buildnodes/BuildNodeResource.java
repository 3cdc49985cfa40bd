package dev.slipway.server.buildnodes;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.api.buildnode.NodeAnswer;
import dev.slipway.api.buildnode.NodeReport;
import dev.slipway.api.buildnode.NodeStatus;
import dev.slipway.api.buildnode.NodeTaskRequest;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.http.LenientBody;
import dev.slipway.server.http.Wrapped;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What build nodes of the founding system call. */
@Path("/api/v1/build_node")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BuildNodeResource {
    /** How often such nodes ask. */
    private static final int RETRY_SECONDS = 10;

    private final BuildNodes nodes;

    public BuildNodeResource(BuildNodes nodes) {
        this.nodes = nodes;
    }

    @POST
    @Path("ping")
    @Scope(Scopes.TASKS_CLAIM)
    public NodeAnswer ping(@LenientBody @Wrapped("node_status") NodeStatus status, @Context Caller caller) {
        return nodes.ping(status, caller);
    }

    /** The task, or JSON null and the advice when to ask again. */
    @POST
    @Path("get_task")
    @Scope(Scopes.TASKS_CLAIM)
    public Response getTask(@LenientBody @Wrapped("request") NodeTaskRequest request, @Context Caller caller) {
        return nodes.task(request, caller)
                .map(task -> Response.ok(task))
                .orElseGet(() -> Response.ok(NullNode.getInstance()).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS))
                .build();
    }

    @POST
    @Path("build_done")
    @Scope(Scopes.TASKS_CLAIM)
    public NodeAnswer buildDone(@LenientBody @Wrapped("build_done") NodeReport report, @Context Caller caller) {
        return nodes.done(report, caller);
    }
}
