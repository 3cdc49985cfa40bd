package dev.slipway.api.problems;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail document (RFC 9457).
 *
 * @param type a stable URI: {@link #BASE} and the problem's name
 * @param title what kind of problem it is, the same for every occurrence
 * @param status the HTTP status
 * @param detail what happened here and what to do about it: one line
 * @param instance {@code urn:slipway:trace:} and the trace id, under which the service's log tells more
 * @param retryable whether the same request may succeed later
 * @param errors the members at fault, when there are such
 * @param members further members, by problem type
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        boolean retryable,
        @Nullable List<ProblemError> errors,
        @JsonAnyGetter @JsonAnySetter Map<String, Object> members) {

    /** What every problem type starts with. */
    public static final String BASE = "https://slipway.dev/problems/";

    public static final String MEDIA_TYPE = "application/problem+json";
}
