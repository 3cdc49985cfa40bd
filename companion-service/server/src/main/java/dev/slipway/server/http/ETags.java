package dev.slipway.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipway.packages.MessageDigests;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Entity tags of single resources: their revision. */
public final class ETags {
    private static final int CONTENT_TAG_BYTES = 16;
    private static final ObjectWriter CANONICAL = Json.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ETags() {}

    /** Answers 200 with the entity and its tag, or 304 when the caller has this revision already. */
    public static Response answer(Request request, long revision, Object entity) {
        return answer(request, of(revision), entity);
    }

    /** As {@link #answer(Request, long, Object)} for a thing whose tag is made of something else. */
    public static Response answer(Request request, EntityTag tag, Object entity) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null && unchanged.build().getStatus() == 304 ? unchanged : Response.ok(entity))
                .tag(tag)
                .build();
    }

    /** Answers 200 with the entity and its tag, as an edit leaves them. */
    public static Response answer(long revision, Object entity) {
        return answer(of(revision), entity);
    }

    /** As {@link #answer(long, Object)} for a thing whose tag is made of something else. */
    public static Response answer(EntityTag tag, Object entity) {
        return Response.ok(entity).tag(tag).build();
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

    /** {@link #require} for whoever reads the current revision: refuses it when the caller has seen another one. */
    public static LongConsumer expected(HttpHeaders headers) {
        return revision -> require(headers, revision);
    }

    /** The tag of a thing without a revision that all its parts share: a digest of its JSON. */
    public static EntityTag ofContent(Object entity) {
        try {
            byte[] digest = MessageDigests.sha256().digest(CANONICAL.writeValueAsBytes(entity));
            return new EntityTag(HexFormat.of().formatHex(digest, 0, CONTENT_TAG_BYTES));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tag of " + entity.getClass() + " cannot be made", e);
        }
    }

    /**
     * As {@link #require(HttpHeaders, long)} for a thing whose tag is made of its content.
     *
     * @param current the thing as it is read, asked for only when there is an If-Match
     */
    public static void requireContent(HttpHeaders headers, Supplier<?> current) {
        String ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH);
        if (ifMatch != null && !matches(ifMatch, ofContent(current.get()).getValue())) {
            throw ProblemException.preconditionFailed("it was changed meanwhile; read it again before changing it");
        }
    }

    /**
     * As {@link #require(HttpHeaders, long)} for a thing that may not be there.
     *
     * @param current the value of its tag; null when there is no such thing, which no If-Match fits
     */
    public static void requireTag(HttpHeaders headers, @Nullable String current) {
        String ifMatch = headers.getHeaderString(HttpHeaders.IF_MATCH);
        if (ifMatch != null && (current == null || !matches(ifMatch, current))) {
            throw ProblemException.preconditionFailed(
                    current == null
                            ? "there is nothing of that name; send it without If-Match to make it"
                            : "it was changed meanwhile; read it again before changing it");
        }
    }

    private static boolean matches(String ifMatch, String value) {
        for (String tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals("*") || tag.strip().equals("\"" + value + "\"")) {
                return true;
            }
        }
        return false;
    }

    static void require(@Nullable String ifMatch, long revision) {
        if (ifMatch == null || matches(ifMatch, String.valueOf(revision))) {
            return;
        }
        throw ProblemException.preconditionFailed(
                        "it is at revision " + revision + " now; read it again before changing it")
                .with("revision", revision);
    }
}
