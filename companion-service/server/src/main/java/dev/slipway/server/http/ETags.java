package dev.slipway.server.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Entity tags of single resources: their revision. */
public final class ETags {
    private ETags() {}

    /** Answers 200 with the entity and its tag, or 304 when the caller has this revision already. */
    public static Response answer(Request request, long revision, Object entity) {
        EntityTag tag = of(revision);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null && unchanged.build().getStatus() == 304 ? unchanged : Response.ok(entity))
                .tag(tag)
                .build();
    }

    public static EntityTag of(long revision) {
        return new EntityTag(String.valueOf(revision));
    }

    /**
     * Refuses an edit whose If-Match names another revision than the current one; without the header every edit passes.
     *
     * @throws ProblemException 412, with the current revision
     */
    public static void require(HttpHeaders headers, long revision) {
        require(headers.getHeaderString(HttpHeaders.IF_MATCH), revision);
    }

    static void require(@Nullable String ifMatch, long revision) {
        if (ifMatch == null) {
            return;
        }
        for (String tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals("*") || tag.strip().equals("\"" + revision + "\"")) {
                return;
            }
        }
        throw ProblemException.preconditionFailed(
                        "it is at revision " + revision + " now; read it again before changing it")
                .with("revision", revision);
    }
}
