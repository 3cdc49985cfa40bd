package dev.slipway.server.blobs;

import dev.slipway.api.blobs.BlobInfo;
import dev.slipway.api.identity.Scopes;
import dev.slipway.server.database.Transactions;
import dev.slipway.server.http.ETags;
import dev.slipway.server.http.FileAnswer;
import dev.slipway.server.http.ProblemException;
import dev.slipway.server.identity.Caller;
import dev.slipway.server.identity.Scope;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Blobs by name and by digest. */
@Path("/api/v1/blobs")
public final class BlobsResource {
    private static final String BY_DIGEST = "/api/v1/blobs/sha256/";

    private final Transactions transactions;
    private final Blobs blobs;
    private final NamedBlobs names;

    public BlobsResource(Transactions transactions, Blobs blobs, NamedBlobs names) {
        this.transactions = transactions;
        this.blobs = blobs;
        this.names = names;
    }

    @PUT
    @Path("{name}")
    @Produces(MediaType.APPLICATION_JSON)
    @Scope(Scopes.BLOBS_WRITE)
    public Response put(
            @PathParam("name") String name,
            @HeaderParam("Repr-Digest") @Nullable String reprDigest,
            @HeaderParam("Content-Type") @Nullable String contentType,
            InputStream body,
            @Context HttpHeaders headers,
            @Context Caller caller)
            throws IOException {
        NamedBlobs.check(name);
        if (headers.getHeaderString(HttpHeaders.IF_MATCH) != null) { // before all the bytes come in
            transactions.run(session -> ETags.requireTag(headers, names.lockedDigest(session, name)));
        }
        Blob blob = blobs.put(body, Digests.ofHeader(reprDigest), Blobs.MOST_BYTES);
        NamedBlobs.Named named = new NamedBlobs.Named(name, blob, NamedBlobs.mediaType(contentType));
        boolean fresh = transactions.call(session -> {
            ETags.requireTag(headers, names.lockedDigest(session, name));
            return names.assign(session, caller, named);
        });
        BlobInfo info = new BlobInfo(name, blob.sha256(), blob.size(), BY_DIGEST + blob.sha256());
        return (fresh ? Response.created(URI.create("/api/v1/blobs/" + name)) : Response.ok())
                .tag(blob.sha256())
                .header("Repr-Digest", Digests.header(blob.sha256()))
                .entity(info)
                .build();
    }

    @GET
    @Path("{name}")
    @Scope(Scopes.BLOBS_READ)
    public Response get(@PathParam("name") String name, @Context Request request, @Context HttpHeaders headers) {
        NamedBlobs.check(name);
        NamedBlobs.Named named = transactions
                .read(session -> names.find(session, name))
                .orElseThrow(() -> ProblemException.notFound("blob", name));
        Blob blob = named.blob();
        return FileAnswer.named(blobs.path(blob.sha256()), blob.size(), blob.sha256(), named.mediaType())
                .to(request, headers);
    }

    @DELETE
    @Path("{name}")
    @Scope(Scopes.BLOBS_DELETE)
    public void delete(@PathParam("name") String name, @Context HttpHeaders headers, @Context Caller caller) {
        NamedBlobs.check(name);
        transactions.run(session -> {
            ETags.requireTag(headers, names.lockedDigest(session, name));
            names.remove(session, caller, name);
        });
    }

    @GET
    @Path("sha256/{hex}")
    @Scope(Scopes.BLOBS_READ)
    public Response getByDigest(@PathParam("hex") String hex, @Context Request request, @Context HttpHeaders headers) {
        if (!Digests.isSha256(hex)) {
            throw ProblemException.badRequest("a SHA-256 has 64 lower-case hexadecimal digits");
        }
        Blob blob = transactions
                .read(session -> blobs.find(session, hex))
                .orElseThrow(() -> ProblemException.notFound("blob", hex));
        return FileAnswer.immutable(blobs.path(hex), blob.size(), hex, MediaType.APPLICATION_OCTET_STREAM)
                .to(request, headers);
    }
}
