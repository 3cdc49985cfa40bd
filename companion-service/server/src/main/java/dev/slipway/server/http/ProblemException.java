package dev.slipway.server.http;

import dev.slipway.api.problems.ProblemError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The request gets a problem document for an answer. Thrown by any layer; rolls back a transaction on its way. The detail
 * is shown to the caller: it names the thing and the remedy, and nothing internal. What it quotes of the caller's input is
 * cut and made harmless here, see {@link ShownText}.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "detail", "instance", "retryable", "errors");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final String name;
    private final int status;
    private final String title;
    private final boolean retryable;
    private final transient List<ProblemError> errors;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    private ProblemException(
            String name,
            int status,
            String title,
            String detail,
            boolean retryable,
            List<ProblemError> errors,
            Map<String, Object> members,
            Map<String, String> headers) {
        super(ShownText.of(detail));
        this.name = name;
        this.status = status;
        this.title = title;
        this.retryable = retryable;
        this.errors = errors;
        this.members = members;
        this.headers = headers;
    }

    /**
     * A problem of a feature's own.
     *
     * @param name the last part of its type URI: lower-case words joined by hyphens, never to be changed
     * @param title the same for every occurrence
     * @param detail about this occurrence: one line
     */
    public static ProblemException of(String name, int status, String title, String detail) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a problem's name: " + name);
        }
        return new ProblemException(name, status, title, detail, false, List.of(), Map.of(), Map.of());
    }

    /** 400: the request cannot be understood. */
    public static ProblemException badRequest(String detail, ProblemError... errors) {
        return of("malformed-request", 400, "The request is malformed", detail).errors(List.of(errors));
    }

    /** 403: the caller is known and may not. */
    public static ProblemException forbidden(String detail) {
        return of("forbidden", 403, "Not allowed", detail)
                .header("WWW-Authenticate", "Bearer realm=\"slipway\", error=\"insufficient_scope\"");
    }

    /** 404: there is no such thing, or the caller may not know of it. */
    public static ProblemException notFound(String kind, Object id) {
        return of("not-found", 404, "Not found", "there is no " + kind + " " + id);
    }

    /** 409: the request is at odds with the state of things. */
    public static ProblemException conflict(String detail) {
        return of("conflict", 409, "Conflict with the current state", detail);
    }

    /** 409: something of that name exists. */
    public static ProblemException alreadyExists(String kind, Object id) {
        return of("already-exists", 409, "It exists already", "there is a " + kind + " " + id + " already");
    }

    /** 412: the thing was changed since the caller read it. */
    public static ProblemException preconditionFailed(String detail) {
        return of("stale", 412, "It was changed in the meantime", detail);
    }

    /** 413: the request's body is larger than is accepted. */
    public static ProblemException tooLarge(long mostBytes) {
        return of("too-large", 413, "The body is too large", "more than " + mostBytes + " bytes are not accepted here");
    }

    /** 422: well-formed, but wrong. */
    public static ProblemException unprocessable(String detail, ProblemError... errors) {
        return of("invalid-request", 422, "The request is not valid", detail).errors(List.of(errors));
    }

    /** 429: the caller asks for more than one may have; try again after {@code pause}. */
    public static ProblemException tooMany(String detail, Duration pause) {
        return of("too-many-requests", 429, "Too many requests", detail).retryAfter(pause);
    }

    /** 503: something that is needed is away; try again after {@code pause}. */
    public static ProblemException unavailable(String detail, Duration pause) {
        return of("unavailable", 503, "Not available at the moment", detail).retryAfter(pause);
    }

    /** With the members at fault. */
    public ProblemException errors(List<ProblemError> atFault) {
        List<ProblemError> shown = atFault.stream()
                .map(each -> new ProblemError(ShownText.of(each.pointer()), ShownText.of(each.message())))
                .toList();
        return copy(retryable, shown, members, headers);
    }

    /**
     * With one more member of the document.
     *
     * @throws IllegalArgumentException when every document has a member of that name
     */
    public ProblemException with(String member, Object value) {
        if (STANDARD.contains(member)) {
            throw new IllegalArgumentException("every problem has a member " + member + " already");
        }
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return copy(retryable, errors, more, headers);
    }

    /** With one more header of the answer. */
    public ProblemException header(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return copy(retryable, errors, members, more);
    }

    /** Says that the same request may succeed after {@code pause}. */
    public ProblemException retryAfter(Duration pause) {
        return copy(true, errors, members, headers).header("Retry-After", String.valueOf(pause.toSeconds()));
    }

    private ProblemException copy(
            boolean again, List<ProblemError> atFault, Map<String, Object> more, Map<String, String> answer) {
        ProblemException copy = new ProblemException(
                name, status, title, String.valueOf(getMessage()), again, new ArrayList<>(atFault), more, answer);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    public String name() {
        return name;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public boolean isRetryable() {
        return retryable;
    }

    public List<ProblemError> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return members;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
