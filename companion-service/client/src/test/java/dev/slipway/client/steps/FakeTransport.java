package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.http.Api;
import dev.slipway.client.http.Pause;
import dev.slipway.client.http.RetryPolicy;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** A companion without a network: answers by method and path, and may be away. */
final class FakeTransport implements Interceptor {
    /** What comes back. */
    record Answer(int status, Object body, Map<String, String> headers) {
        static Answer ok(Object body) {
            return new Answer(200, body, Map.of());
        }

        static Answer problem(int status, String detail) {
            return new Answer(status, Map.of("type", "https://slipway.example/p", "detail", detail), Map.of());
        }

        static Answer log(String text, long next, boolean complete) {
            return new Answer(
                    200,
                    text,
                    Map.of(
                            "Slipway-Log-Offset",
                            Long.toString(next),
                            "Slipway-Log-Complete",
                            Boolean.toString(complete)));
        }
    }

    /** Makes an answer. */
    interface Handler {
        Answer answer(Asked asked) throws IOException;
    }

    /** A request. */
    record Asked(String line, String key, String body, String query) {}

    final List<Asked> asked = new ArrayList<>();
    private final Map<String, Handler> handlers = new LinkedHashMap<>();
    volatile boolean away;
    /** The next answer is made, but does not arrive. */
    volatile boolean loseNextAnswer;

    FakeTransport on(String line, Handler handler) {
        handlers.put(line, handler);
        return this;
    }

    FakeTransport on(String line, Object body) {
        return on(line, a -> Answer.ok(body));
    }

    List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    SlipwayClient client() {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(this)
                .retryOnConnectionFailure(false)
                .build();
        return new SlipwayClient(new Api(
                http, "http://companion.example", TokenSource.fixed("t0ken"), RetryPolicy.none(), Pause.sleeping()));
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (away) {
            throw new ConnectException("refused");
        }
        Buffer buffer = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(buffer);
        }
        String key = request.header("Idempotency-Key");
        String query = request.url().query();
        Asked one = new Asked(
                request.method() + " " + request.url().encodedPath(),
                key == null ? "" : key,
                buffer.readUtf8(),
                query == null ? "" : query);
        asked.add(one);
        Handler handler = handlers.get(one.line());
        Answer answer = handler == null ? Answer.problem(404, "nothing at " + one.line()) : handler.answer(one);
        if (loseNextAnswer) {
            loseNextAnswer = false;
            throw new IOException("connection reset");
        }
        byte[] bytes = answer.body() instanceof String text
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : Json.mapper().writeValueAsBytes(answer.body());
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("x")
                .body(ResponseBody.create(bytes, MediaType.get("application/json")));
        answer.headers().forEach(response::header);
        return response.build();
    }
}
