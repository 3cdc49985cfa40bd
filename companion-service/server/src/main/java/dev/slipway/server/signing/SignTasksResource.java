package dev.slipway.server.signing;

import dev.slipway.api.identity.Scopes;
import dev.slipway.api.signing.SignPayload;
import dev.slipway.api.signing.SignPayloadPage;
import dev.slipway.api.signing.SignTask;
import dev.slipway.api.signing.SignTaskClaim;
import dev.slipway.api.signing.SignTaskCompletion;
import dev.slipway.api.signing.SignTaskOffer;
import dev.slipway.api.signing.SignTaskPage;
import dev.slipway.api.signing.SignTaskRequest;
import dev.slipway.api.signing.SignTaskResult;
import dev.slipway.api.signing.SignatureReceipt;
import dev.slipway.api.signing.SignatureSubmission;
import dev.slipway.server.blobs.Blobs;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.LenientBody;
import dev.slipway.server.http.PageQuery;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.idempotency.Idempotency;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import dev.slipway.server.signkeys.PublishedCertificates;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sign tasks over HTTP: for those who ask, for workers that sign bytes, and for nodes that sign whole files. */
@Path("/api/v1/sign-tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SignTasksResource {
    private final Transactions transactions;
    private final SignTasks tasks;
    private final Signatures signatures;
    private final SignNodes nodes;
    private final PublishedCertificates certificates;
    private final Blobs blobs;
    private final Idempotency idempotency;

    public SignTasksResource(
            Transactions transactions,
            SignTasks tasks,
            Signatures signatures,
            SignNodes nodes,
            PublishedCertificates certificates,
            Blobs blobs,
            Idempotency idempotency) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.signatures = signatures;
        this.nodes = nodes;
        this.certificates = certificates;
        this.blobs = blobs;
        this.idempotency = idempotency;
    }

    @GET
    @Scope(Scopes.SIGN_TASKS_READ)
    public Response list(
            @QueryParam("build_id") @Nullable Long buildId, @BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> page.answer(
                tasks.list(buildId, page.afterId(Long.MAX_VALUE), page.offset(), page.fetchLimit(), session),
                () -> tasks.count(buildId, session),
                SignTaskPage::new,
                uri,
                SignTask::id));
    }

    @POST
    @Scope(Scopes.SIGN_TASKS_CREATE)
    public Response create(
            SignTaskRequest body, @HeaderParam(Idempotency.HEADER) @Nullable String key, @Context Caller caller) {
        try {
            return make(body, key, caller);
        } catch (ProblemException e) {
            if (e.status() == 422 && certificates.complete(body.signKeyId(), caller)) {
                return make(body, key, caller);
            }
            throw e;
        }
    }

    private Response make(SignTaskRequest body, @Nullable String key, Caller caller) {
        return idempotency.once(caller, key, "POST /api/v1/sign-tasks/", body, session -> {
            SignTask created = tasks.create(body, caller, session);
            return Idempotency.Answer.created("/api/v1/sign-tasks/" + created.id() + "/", created);
        });
    }

    @GET
    @Path("{id}")
    @Scope(Scopes.SIGN_TASKS_READ)
    public SignTask get(@PathParam("id") long id) {
        return transactions.read(session -> tasks.show(id, session));
    }

    @GET
    @Path("{id}/payloads")
    @Scope(Scopes.SIGN_TASKS_SIGN)
    public Response payloads(@PathParam("id") long id, @BeanParam PageQuery page, @Context UriInfo uri) {
        return transactions.read(session -> {
            tasks.show(id, session);
            return page.answer(
                    views(id, Payloads.unsignedAfter(id, page.afterId(0), page.offset(), page.fetchLimit(), session)),
                    () -> Payloads.unsigned(id, session),
                    SignPayloadPage::new,
                    uri,
                    SignPayload::id);
        });
    }

    private static List<SignPayload> views(long id, List<Payload> payloads) {
        return payloads.stream()
                .map(p -> new SignPayload(
                        p.id(),
                        p.kind().word(),
                        p.name(),
                        p.sha256(),
                        p.size(),
                        "/api/v1/sign-tasks/" + id + "/payloads/" + p.id()))
                .toList();
    }

    @GET
    @Path("{id}/payloads/{payload}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Scope(Scopes.SIGN_TASKS_SIGN)
    public Response payload(@PathParam("id") long id, @PathParam("payload") long payloadId) {
        Payload payload = transactions
                .read(session -> Payloads.find(id, payloadId, session))
                .orElseThrow(() -> ProblemException.notFound("payload", payloadId));
        StreamingOutput bytes = out -> {
            try (var in = payload.open(blobs.path(payload.blobSha256()))) {
                in.transferTo(out);
            }
        };
        return Response.ok(bytes)
                .header(HttpHeaders.CONTENT_LENGTH, payload.size())
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @POST
    @Path("{id}/signatures")
    @Scope(Scopes.SIGN_TASKS_SIGN)
    public SignatureReceipt sign(@PathParam("id") long id, SignatureSubmission body, @Context Caller caller) {
        return signatures.submit(id, body.leaseId(), body.signatures(), caller);
    }

    @POST
    @Path("get_sign_task")
    @Scope(Scopes.SIGN_TASKS_SIGN)
    public SignTaskOffer offer(@LenientBody SignTaskClaim body, @Context Caller caller) {
        return nodes.offer(body, caller);
    }

    @POST
    @Path("{id}/complete")
    @Scope(Scopes.SIGN_TASKS_SIGN)
    public SignTaskResult complete(
            @PathParam("id") long id, @LenientBody SignTaskCompletion body, @Context Caller caller) {
        return nodes.complete(id, body, caller);
    }
}
