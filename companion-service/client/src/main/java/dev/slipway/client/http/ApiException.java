package dev.slipway.client.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The companion answered, and the answer was no. The message is one line fit for people. */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final Pattern POINTER = Pattern.compile("((?:/[^/:\\s]+)+): ");

    private final int status;
    private final String type;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;
    private final @Nullable String trace;
    private final transient @Nullable Object details;

    ApiException(
            int status,
            String type,
            String message,
            boolean retryable,
            @Nullable Duration retryAfter,
            @Nullable String trace,
            @Nullable Object details) {
        super(message);
        this.status = status;
        this.type = type;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
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

    /** How long the companion asks to wait before the next try ({@code Retry-After}); null when it asks for nothing. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
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

    /** Puts what a JSON pointer at the beginning points at into words: {@code /sources/0/url} is url of sources no. 1. */
    private static String named(String sentence) {
        Matcher found = POINTER.matcher(sentence);
        if (!found.lookingAt()) {
            return sentence;
        }
        String name = "";
        for (String part : found.group(1).substring(1).split("/")) {
            String word = part.replace('_', ' ').replace("~1", "/").replace("~0", "~");
            boolean place = !name.isEmpty() && word.matches("\\d{1,9}");
            name = place ? name + " no. " + (Long.parseLong(word) + 1) : word + (name.isEmpty() ? "" : " of " + name);
        }
        return name + sentence.substring(found.end(1));
    }

    static String line(int status, @Nullable String title, @Nullable String detail, List<String> errors) {
        StringBuilder text = new StringBuilder();
        if (detail != null && !detail.isBlank()) {
            text.append(named(detail));
        } else if (title != null && !title.isBlank()) {
            text.append(title);
        } else {
            text.append("the companion answered ").append(status);
        }
        List<String> more = errors.stream()
                .map(ApiException::named)
                .filter(error -> text.indexOf(error) < 0)
                .toList();
        if (!more.isEmpty()) {
            text.append(" (").append(String.join("; ", more)).append(')');
        }
        return text.toString().replaceAll("\\p{Cntrl}+", " ");
    }
}
