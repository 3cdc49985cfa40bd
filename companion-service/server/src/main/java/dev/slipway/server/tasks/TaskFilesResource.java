package dev.slipway.server.tasks;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.tasks.LogPosition;
import dev.slipway.api.tasks.UploadedArtifact;
import dev.slipway.server.blobs.Blob;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.blobs.Digests;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.Asker;
import dev.slipway.server.http.BoundedBody;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bytes of a task: its log, and the files its worker uploads. */
@Path("/api/v1/tasks")
public final class TaskFilesResource {
    private static final String LEASE = "Slipway-Lease";
    /** What {@link FollowFilter} reads; here to be known. */
    private static final String FOLLOW = "follow";

    private static final int MOST_LOG_BYTES = 8 << 20;

    private final Transactions transactions;
    private final TaskStore store;
    private final Leases leases;
    private final TaskLogs logs;
    private final LogFeeds feeds;
    private final Blobs blobs;
    private final TaskSettings settings;

    public TaskFilesResource(
            Transactions transactions,
            TaskStore store,
            Leases leases,
            TaskLogs logs,
            LogFeeds feeds,
            Blobs blobs,
            TaskSettings settings) {
        this.transactions = transactions;
        this.store = store;
        this.leases = leases;
        this.logs = logs;
        this.feeds = feeds;
        this.blobs = blobs;
        this.settings = settings;
    }

    @PUT
    @Path("{id}/log")
    @Produces(MediaType.APPLICATION_JSON)
    @Scope(Scopes.TASKS_CLAIM)
    public LogPosition append(
            @PathParam("id") long id,
            @QueryParam("offset") @Nullable Long offset,
            @HeaderParam(LEASE) @Nullable String lease,
            InputStream body,
            @Context Caller caller)
            throws IOException {
        if (offset == null) {
            throw ProblemException.badRequest("the query parameter offset says where in the log the bytes belong");
        }
        byte[] bytes = new BoundedBody(body, MOST_LOG_BYTES).readAllBytes();
        return new LogPosition(logs.append(id, lease(lease), caller.userId(), offset, bytes));
    }

    @GET
    @Path("{id}/log")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Scope(Scopes.TASKS_READ)
    public Response log(
            @PathParam("id") long id,
            @QueryParam("offset") @Nullable Long offset,
            @QueryParam("limit") @Nullable Long limit,
            @QueryParam(FOLLOW) @Nullable Boolean follow) {
        TaskLogs.Extent extent = logs.extent(id);
        long from = Math.min(atLeastZero("offset", offset, 0), extent.size());
        long most = atLeastZero("limit", limit, Long.MAX_VALUE);
        long to = most > extent.size() - from ? extent.size() : from + most;
        return Response.ok((StreamingOutput) out -> logs.copy(id, extent, from, to, out))
                .type("text/plain; charset=utf-8")
                .header(HttpHeaders.CONTENT_LENGTH, to - from)
                .header("Slipway-Log-Offset", to)
                .header("Slipway-Log-Complete", extent.complete() && to == extent.size())
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static long atLeastZero(String name, @Nullable Long given, long otherwise) {
        if (given != null && given < 0) {
            throw ProblemException.badRequest(name + " is at least 0");
        }
        return given == null ? otherwise : given;
    }

    @HEAD
    @Path("{id}/log")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @Scope(Scopes.TASKS_READ)
    public Response headOfLog(
            @PathParam("id") long id,
            @QueryParam("offset") @Nullable Long offset,
            @QueryParam("limit") @Nullable Long limit,
            @QueryParam(FOLLOW) @Nullable Boolean follow) {
        return log(id, offset, limit, follow);
    }

    /** The log line by line as it is written, for requests with {@code follow=true}: see {@link FollowFilter}. */
    @GET
    @Path("{id}/log")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Scope(Scopes.TASKS_READ)
    public void follow(
            @PathParam("id") long id,
            @QueryParam("offset") @Nullable Long offset,
            @QueryParam(FOLLOW) @Nullable Boolean follow,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context Asker reader) {
        feeds.open(reader, id, start(offset, lastEventId), sink, sse);
    }

    /** The head of what {@link #follow} answers. A method of its own, since Jersey would hold a stream open for it. */
    @HEAD
    @Path("{id}/log")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Scope(Scopes.TASKS_READ)
    public Response headOfFollowed(
            @PathParam("id") long id,
            @QueryParam("offset") @Nullable Long offset,
            @QueryParam(FOLLOW) @Nullable Boolean follow,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
        logs.extent(id);
        start(offset, lastEventId);
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    private static long start(@Nullable Long offset, @Nullable String lastEventId) {
        if (lastEventId == null) {
            return atLeastZero("offset", offset, 0);
        }
        if (!lastEventId.matches("[0-9]{1,18}")) {
            throw ProblemException.badRequest("Last-Event-ID is an offset that this log gave out");
        }
        return Long.parseLong(lastEventId);
    }

    @PUT
    @Path("{id}/artifacts/{name}")
    @Produces(MediaType.APPLICATION_JSON)
    @Scope(Scopes.TASKS_CLAIM)
    public UploadedArtifact upload(
            @PathParam("id") long id,
            @PathParam("name") String name,
            @HeaderParam(LEASE) @Nullable String lease,
            @HeaderParam("Repr-Digest") @Nullable String digest,
            InputStream body,
            @Context Caller caller)
            throws IOException {
        TaskUploads.checkName(name);
        UUID held = lease(lease);
        String declared = Digests.ofHeader(digest);
        transactions.run(session -> leases.require(store, id, held, caller.userId(), session));
        Blob blob = blobs.put(body, declared, settings.artifactLimit());
        TaskUploads.Uploaded uploaded = new TaskUploads.Uploaded(name, blob.sha256(), blob.size());
        transactions.run(session ->
                TaskUploads.note(leases.require(store, id, held, caller.userId(), session), uploaded, session));
        return new UploadedArtifact(name, blob.sha256(), blob.size());
    }

    private static UUID lease(@Nullable String header) {
        try {
            return UUID.fromString(String.valueOf(header));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the header " + LEASE + " names the lease under which the task is held");
        }
    }
}
