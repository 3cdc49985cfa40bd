package dev.slipway.server.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.api.contract.ContractInterceptor;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls the companion over HTTP; every answer is held to the contract. */
public final class TestApi {
    private static final OkHttpClient CLIENT = new OkHttpClient.Builder()
            .addInterceptor(new ContractInterceptor())
            .readTimeout(Duration.ofSeconds(90))
            .followRedirects(false)
            // A connection for each request: what one test did to a connection must not reach the next.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .retryOnConnectionFailure(false)
            .build();
    private static final MediaType JSON = MediaType.get("application/json");

    private final URI url;
    private final Map<String, String> headers;

    public TestApi(URI url, String token) {
        this(url, token == null ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    private TestApi(URI url, Map<String, String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** The same caller at another companion. */
    public TestApi at(URI other) {
        return new TestApi(other, headers);
    }

    /** The same with one more header. */
    public TestApi with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new TestApi(url, more);
    }

    public TestResponse get(String path) {
        return send("GET", path, null);
    }

    public TestResponse head(String path) {
        return send("HEAD", path, null);
    }

    public TestResponse delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a body as JSON: a text as it is, anything else written by the mapper. */
    public TestResponse post(String path, Object body) {
        return send("POST", path, json(body));
    }

    public TestResponse put(String path, Object body) {
        return send("PUT", path, json(body));
    }

    public TestResponse patch(String path, Object body) {
        return send("PATCH", path, json(body));
    }

    /** Sends bytes as they are. */
    public TestResponse putBytes(String path, byte[] bytes) {
        return send("PUT", path, RequestBody.create(bytes, MediaType.get("application/octet-stream")));
    }

    /** Sends a form: names and values in turn. */
    public TestResponse form(String path, String... fields) {
        FormBody.Builder form = new FormBody.Builder();
        for (int i = 0; i < fields.length; i += 2) {
            form.add(fields[i], fields[i + 1]);
        }
        return send("POST", path, form.build());
    }

    private static RequestBody json(Object body) {
        try {
            String text = body instanceof String given ? given : Json.mapper().writeValueAsString(body);
            return RequestBody.create(text, JSON);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestResponse send(String method, String path, RequestBody body) {
        try (Response response = open(method, path, body)) {
            return new TestResponse(
                    response.code(), response.headers(), response.body().bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and hands out the open answer, for streams; to be closed. */
    public Response open(String method, String path, RequestBody body) throws IOException {
        Request.Builder request = new Request.Builder().url(url + path);
        headers.forEach(request::header);
        boolean needsBody = body == null && !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE");
        request.method(method, needsBody ? RequestBody.create(new byte[0]) : body);
        return CLIENT.newCall(request.build()).execute();
    }
}
