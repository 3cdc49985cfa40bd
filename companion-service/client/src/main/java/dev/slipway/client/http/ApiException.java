package dev.slipway.client.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The companion answered, and the answer was no. The message is one line fit for people. */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final boolean retryable;
    private final @Nullable String trace;
    private final transient @Nullable Object details;

    ApiException(
            int status,
            String type,
            String message,
            boolean retryable,
            @Nullable String trace,
            @Nullable Object details) {
        super(message);
        this.status = status;
        this.type = type;
        this.retryable = retryable;
        this.trace = trace;
        this.details = details;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The last part of the problem's type, for example {@code lease-lost}; {@code about:blank} when there was none. */
    public String type() {
        return type;
    }

    /** Whether the companion said that the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** The id under which the companion's log tells more; null when the answer named none. */
    public @Nullable String trace() {
        return trace;
    }

    /**
     * The message, and for a failure of the companion itself the id to look for in its log. The same failure has another
     * id each time, so this is not for telling one from the next.
     */
    public String withTrace() {
        String message = String.valueOf(getMessage());
        return status < 500 || trace == null ? message : message + " (trace " + trace + ")";
    }

    /** A member of the problem beyond the standard ones, for example {@code offset}. */
    public @Nullable Long number(String member) {
        return details instanceof com.fasterxml.jackson.databind.JsonNode node
                        && node.path(member).canConvertToLong()
                ? Long.valueOf(node.path(member).asLong())
                : null;
    }

    static String line(int status, @Nullable String title, @Nullable String detail, List<String> errors) {
        StringBuilder text = new StringBuilder();
        if (detail != null && !detail.isBlank()) {
            text.append(detail);
        } else if (title != null && !title.isBlank()) {
            text.append(title);
        } else {
            text.append("the companion answered ").append(status);
        }
        List<String> more =
                errors.stream().filter(error -> text.indexOf(error) < 0).toList();
        if (!more.isEmpty()) {
            text.append(" (").append(String.join("; ", more)).append(')');
        }
        return text.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
