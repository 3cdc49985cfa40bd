package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a caller wants: a numbered page in the founding API's form, or, without a page number, the bare
 * list in pieces that a {@code Link: rel="next"} header chains. A piece has at most {@value #MOST} entries, or {@code
 * per_page} of them when the caller says that together with {@code after}, which is empty for the first piece. A {@code
 * @BeanParam}.
 */
public final class PageQuery {
    /** The most entries of one answer. */
    public static final int MOST = 200;

    private static final int DEFAULT = 10;
    /** Keeps the offset of the farthest page in a number of 64 bits. */
    private static final int FARTHEST = Integer.MAX_VALUE;

    @QueryParam("page_number")
    private @Nullable Integer pageNumber;

    @QueryParam("pageNumber")
    private @Nullable Integer foundingPageNumber;

    @QueryParam("per_page")
    private @Nullable Integer perPage;

    @QueryParam("after")
    private @Nullable String cursor;

    /** Whether the founding API's paged form is wanted. */
    public boolean isPaged() {
        return pageNumber != null || foundingPageNumber != null || (perPage != null && cursor == null);
    }

    /** The page's number, counted from 1. */
    public int number() {
        Integer given = pageNumber != null ? pageNumber : foundingPageNumber;
        return given == null ? 1 : inRange("page_number", given, FARTHEST);
    }

    /** How many entries the answer may hold. */
    public int limit() {
        if (perPage != null) {
            return inRange("per_page", perPage, MOST);
        }
        return isPaged() ? DEFAULT : MOST;
    }

    /** How many entries to fetch: of a bare list one more than the answer may hold, which tells if there are more. */
    public int fetchLimit() {
        return isPaged() ? limit() : limit() + 1;
    }

    /** How many entries precede the page; none precede a piece, which begins {@link #after} a key. */
    public long offset() {
        return (number() - 1L) * limit();
    }

    /** The key after which a bare list goes on; {@code start} for its beginning, and for a page, which counts from there. */
    public String after(String start) {
        if (isPaged() || cursor == null || cursor.isEmpty()) {
            return start;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformedCursor();
        }
    }

    /** As {@link #after} for lists that are ordered by id. */
    public long afterId(long start) {
        try {
            String after = after("");
            return after.isEmpty() ? start : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw malformedCursor();
        }
    }

    /** The founding API's paged form of a list. */
    @FunctionalInterface
    public interface Form<T> {
        /**
         * The form of one page.
         *
         * @param total how many entries all pages have together
         * @param number the page's, counted from 1
         */
        Object of(List<T> entries, long total, int number);
    }

    /**
     * Answers a list in the form that is wanted.
     *
     * @param found up to {@link #fetchLimit} entries, those {@link #after} the key, less the first {@link #offset} of them
     * @param total how many entries the whole list has; counted for a page alone
     * @param key what {@link #after} is to give for an entry
     */
    public <T> Response answer(List<T> found, LongSupplier total, Form<T> form, UriInfo uri, Function<T, ?> key) {
        return isPaged()
                ? Response.ok(form.of(found, total.getAsLong(), number())).build()
                : bare(found, uri, entry -> String.valueOf(key.apply(entry)));
    }

    /**
     * Answers a bare list.
     *
     * @param found up to one entry more than {@link #limit}
     * @param key what {@link #after} is to give for an entry
     */
    public <T> Response bare(List<T> found, UriInfo uri, Function<T, String> key) {
        boolean more = found.size() > limit();
        return bare(more ? found.subList(0, limit()) : found, more, uri, key);
    }

    /** As above, of entries that are all to be shown. */
    public <T> Response bare(List<T> shown, boolean more, UriInfo uri, Function<T, String> key) {
        if (!more) {
            return Response.ok(shown).build();
        }
        String next = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.apply(shown.get(shown.size() - 1)).getBytes(StandardCharsets.UTF_8));
        Link link = Link.fromUriBuilder(uri.getRequestUriBuilder().replaceQueryParam("after", next))
                .rel("next")
                .build();
        return Response.ok(shown).links(link).build();
    }

    private static int inRange(String parameter, int value, int most) {
        if (value < 1 || value > most) {
            String message = "must be between 1 and " + most;
            throw ProblemException.badRequest(parameter + " " + message, new ProblemError(parameter, message));
        }
        return value;
    }

    private static ProblemException malformedCursor() {
        return ProblemException.badRequest(
                "the cursor is not one that this list gave out", new ProblemError("after", "is not a cursor"));
    }
}
