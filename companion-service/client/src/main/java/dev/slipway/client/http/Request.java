package dev.slipway.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.client.auth.TokenRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** One call, put together and sent once. Reads are repeated after a passing fault; writes only when told that it is safe. */
public final class Request {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>.*;\\s*rel=\"?next\"?.*");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String TRACE = "Slipway-Trace";
    private static final Pattern TRACE_ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final long MOST_PROBLEM_BYTES = 64 * 1024;
    private static final long MOST_JSON_BYTES = 256L * 1024 * 1024;

    private final Api api;
    private final String method;
    private final HttpUrl.Builder url;
    private final Headers.Builder headers = new Headers.Builder();
    private @Nullable RequestBody body;
    private boolean repeatable;
    private Duration longPoll = Duration.ZERO;
    private @Nullable Hangup hangup;

    Request(Api api, String method, HttpUrl.Builder url) {
        this.api = api;
        this.method = method;
        this.url = url;
        this.repeatable = method.equals("GET") || method.equals("HEAD");
    }

    /** Adds a query parameter, unless it is null. */
    public Request query(String name, @Nullable Object value) {
        if (value != null) {
            url.addQueryParameter(name, value.toString());
        }
        return this;
    }

    /** Sets a header. */
    public Request header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Sends a value as JSON. */
    public Request json(Object value) {
        try {
            body = RequestBody.create(api.json().writeValueAsBytes(value), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
        return this;
    }

    /** Sends bytes; the body may be written more than once. */
    public Request body(RequestBody bytes) {
        body = bytes;
        return this;
    }

    /** Says that sending this twice has one effect, so that it is repeated after a passing fault. */
    public Request repeatable() {
        repeatable = true;
        return this;
    }

    /** Makes a creating POST safe to repeat: the companion gives the first answer again for the same key. */
    public Request idempotencyKey(@Nullable String key) {
        if (key != null) {
            headers.set("Idempotency-Key", key);
            repeatable = true;
        }
        return this;
    }

    /** Says for how long the companion may keep this call waiting. */
    public Request longPoll(Duration wait) {
        longPoll = wait;
        return query("wait_seconds", wait.toSeconds() == 0 ? null : wait.toSeconds());
    }

    /** As {@link #longPoll}, for calls whose body already says so. */
    public Request patience(Duration wait) {
        longPoll = wait;
        return this;
    }

    /** Lets another thread end this call while it waits. */
    public Request until(Hangup end) {
        hangup = end;
        return this;
    }

    /** Sends; the answer's JSON. */
    public <T> T as(Class<T> type) throws IOException {
        return nonNull(read(api.json().constructType(type)));
    }

    /** Sends; the answer's JSON. */
    public <T> T as(TypeReference<T> type) throws IOException {
        return nonNull(read(api.json().constructType(type)));
    }

    /** Sends, and again for each further piece of the list that an answer names; the whole list. */
    public <T> List<T> all(TypeReference<List<T>> type) throws IOException {
        JavaType list = api.json().constructType(type);
        List<T> all = new ArrayList<>();
        for (String next = ""; next != null; ) {
            if (!next.isEmpty()) {
                url.setQueryParameter("after", next);
            }
            try (Response response = open()) {
                all.addAll(nonNull(this.<List<T>>parsed(response, list)));
                next = next(response);
            }
        }
        return all;
    }

    /** The cursor in the answer's Link to the next piece. Its host is not looked at: a proxy may call itself otherwise. */
    private @Nullable String next(Response response) {
        for (String link : response.headers("Link")) {
            Matcher found = NEXT.matcher(link);
            HttpUrl target = found.matches() ? url.build().resolve(found.group(1)) : null;
            if (target != null) {
                return target.queryParameter("after");
            }
        }
        return null;
    }

    /** Sends; the answer's JSON, or null where the companion says {@code null} or nothing. */
    public <T> @Nullable T orNull(Class<T> type) throws IOException {
        return read(api.json().constructType(type));
    }

    /**
     * Sends; the answer's body as text.
     *
     * @param most bytes
     * @throws IOException also when there are more
     */
    public String text(long most) throws IOException {
        try (Response response = open();
                InputStream in = new BoundedInputStream(response.body().byteStream(), most)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Sends; the answer's body does not matter. */
    public void send() throws IOException {
        open().close();
    }

    /** Sends; the caller reads and closes the answer, which is a success. */
    public Response open() throws IOException {
        IOException last = null;
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            Duration askedFor = null;
            try {
                String token = api.tokens().token();
                Call call = call(token);
                if (hangup != null) {
                    hangup.begins(call);
                }
                Response response = call.execute();
                if (response.isSuccessful()) {
                    return response;
                }
                ApiException refused = problem(response);
                askedFor = refused.retryAfter();
                if (refused.status() == 401 && !renewed && api.tokens().refused(token)) {
                    renewed = true;
                    attempt--;
                    continue;
                }
                if (!repeatable || !RetryPolicy.passing(refused.status())) {
                    throw refused;
                }
                last = refused;
            } catch (ApiException | TokenRefusedException e) {
                throw e; // an answer, which the same question would get again
            } catch (InterruptedIOException e) {
                if (Thread.currentThread().isInterrupted() || !repeatable) {
                    throw e;
                }
                last = e;
            } catch (IOException e) {
                if (!repeatable) {
                    throw unreachable(e);
                }
                last = e;
            }
            if (attempt >= api.retry().attempts()) {
                throw last instanceof ApiException ? last : unreachable(last);
            }
            api.pause().await(api.retry().pause(attempt, askedFor, api.random()));
        }
    }

    private IOException unreachable(IOException e) {
        return e instanceof UnreachableException
                ? e
                : new UnreachableException("the companion at " + api.base() + " cannot be reached: " + reason(e), e);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private Call call(String token) {
        RequestBody sent = body;
        if (sent == null && !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE")) {
            sent = RequestBody.create(new byte[0]);
        }
        okhttp3.Request request = new okhttp3.Request.Builder()
                .url(url.build())
                .headers(headers.build())
                .header("Authorization", "Bearer " + token)
                .method(method, sent)
                .build();
        OkHttpClient http = api.http();
        if (!longPoll.isZero()) {
            http = http.newBuilder()
                    .readTimeout(longPoll.plus(Duration.ofSeconds(30)))
                    .build();
        }
        return http.newCall(request);
    }

    private <T> @Nullable T read(JavaType type) throws IOException {
        try (Response response = open()) {
            return parsed(response, type);
        }
    }

    private <T> @Nullable T parsed(Response response, JavaType type) throws IOException {
        ResponseBody answer = response.body();
        if (response.code() == 204) {
            return null;
        }
        try (InputStream in = new BoundedInputStream(answer.byteStream(), MOST_JSON_BYTES)) {
            return api.json().readValue(in, type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the companion at " + api.base() + " gave an answer that is not understood: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static <T> T nonNull(@Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("the companion gave no answer where there has to be one");
        }
        return value;
    }

    private ApiException problem(Response response) {
        int status = response.code();
        String trace = trace(response);
        Duration retryAfter = retryAfter(response);
        try (response) {
            byte[] bytes = new BoundedInputStream(response.body().byteStream(), MOST_PROBLEM_BYTES).readAllBytes();
            JsonNode problem = api.json().readTree(bytes);
            if (problem != null && problem.isObject()) {
                List<String> errors = new ArrayList<>();
                for (JsonNode error : problem.path("errors")) {
                    String pointer = error.path("pointer").asText("");
                    errors.add((pointer.isEmpty() ? "" : pointer + ": ")
                            + error.path("message").asText());
                }
                String type = problem.path("type").asText("about:blank");
                return new ApiException(
                        status,
                        type.substring(type.lastIndexOf('/') + 1),
                        ApiException.line(
                                status,
                                problem.path("title").asText(null),
                                problem.path("detail").asText(null),
                                errors),
                        problem.path("retryable").asBoolean(false),
                        retryAfter,
                        trace,
                        problem);
            }
        } catch (IOException e) {
            // An answer that is no problem document: its status has to do.
        }
        return new ApiException(
                status,
                "about:blank",
                ApiException.line(status, null, null, List.of()),
                false,
                retryAfter,
                trace,
                null);
    }

    /** The id of the request in the companion's log; null when the answer has none, or none that could be one. */
    public static @Nullable String trace(Response response) {
        String id = response.header(TRACE);
        return id != null && TRACE_ID.matcher(id).matches() ? id : null;
    }

    private static @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After");
        if (value == null || !value.matches("\\d{1,6}")) {
            return null;
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }
}
