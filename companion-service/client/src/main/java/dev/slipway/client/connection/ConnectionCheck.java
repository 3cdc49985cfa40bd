package dev.slipway.client.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.client.auth.TokenRefusedException;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.connection.ConnectionReport.Outcome;
import dev.slipway.client.wire.CompanionAddress;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tries a companion once: is it there, which version is it, and what may the token do. Blocks for seconds at most. */
public final class ConnectionCheck {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~_-]{0,63}");
    private static final Pattern SCOPE = Pattern.compile("[a-z][a-z-]{0,39}:[a-z*][a-z-]{0,39}");
    private static final Pattern USER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.@+_-]{0,127}");

    private final OkHttpClient http;
    private final HttpUrl base;

    /** @param http brings proxies and certificates; timeouts are shortened and redirects are not followed */
    public ConnectionCheck(OkHttpClient http, String base) {
        this.http = http.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(Duration.ofSeconds(5))
                .callTimeout(Duration.ofSeconds(10))
                .build();
        this.base = CompanionAddress.parse(base);
    }

    /** @param tokens who asks; null to learn only whether a companion is there */
    public ConnectionReport run(@Nullable TokenSource tokens) {
        try {
            Answer status = get("status", null);
            if (status.redirect()) {
                return ConnectionReport.of(Outcome.REDIRECT, status.code());
            }
            String version = safe(VERSION, status.json().path("version").asText(null));
            if (!status.ok() || version == null) {
                return ConnectionReport.of(Outcome.NO_COMPANION, status.code());
            }
            return tokens == null
                    ? ConnectionReport.of(Outcome.ANONYMOUS, status.code(), version)
                    : withToken(tokens, version);
        } catch (SSLException e) {
            return ConnectionReport.of(Outcome.CERTIFICATE, 0);
        } catch (IOException e) {
            return ConnectionReport.of(Outcome.UNREACHABLE, 0);
        }
    }

    private ConnectionReport withToken(TokenSource tokens, String version) throws IOException {
        String token;
        try {
            token = tokens.token();
        } catch (TokenRefusedException e) {
            return ConnectionReport.of(Outcome.REFUSED, 401, version);
        }
        Answer answer = get("api/v1/token/status", token);
        if (answer.code() == 401) {
            return ConnectionReport.of(Outcome.REFUSED, answer.code(), version);
        }
        if (!answer.ok()) {
            return ConnectionReport.of(
                    answer.redirect() ? Outcome.REDIRECT : Outcome.NO_COMPANION, answer.code(), version);
        }
        JsonNode json = answer.json();
        return new ConnectionReport(
                Outcome.CONNECTED,
                answer.code(),
                version,
                safe(USER, json.path("username").asText(null)),
                scopes(json),
                expires(json));
    }

    private static List<String> scopes(JsonNode json) {
        TreeSet<String> scopes = new TreeSet<>();
        json.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        scopes.removeIf(scope -> safe(SCOPE, scope) == null);
        return List.copyOf(scopes);
    }

    private static @Nullable Instant expires(JsonNode json) {
        JsonNode value = json.path("expires_at");
        try {
            return value.isTextual() ? Instant.parse(value.asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The value if it is what it should be; what the other side says is shown to people and must not be just anything. */
    private static @Nullable String safe(Pattern allowed, @Nullable String value) {
        return value != null && allowed.matcher(value).matches() ? value : null;
    }

    private record Answer(int code, JsonNode json) {
        boolean ok() {
            return code / 100 == 2;
        }

        boolean redirect() {
            return code / 100 == 3;
        }
    }

    private Answer get(String path, @Nullable String token) throws IOException {
        Request.Builder request = new Request.Builder()
                .url(base.newBuilder().addPathSegments(path).build())
                .header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try (Response response = http.newCall(request.build()).execute()) {
            byte[] body = response.body().byteStream().readNBytes(MOST_BYTES);
            return new Answer(response.code(), json(body));
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            JsonNode json = Json.mapper().readTree(body);
            return json == null ? Json.mapper().createObjectNode() : json;
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }
}
