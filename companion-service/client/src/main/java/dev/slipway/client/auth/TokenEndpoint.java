package dev.slipway.client.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.client.wire.CompanionAddress;
import dev.slipway.client.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks a companion for access tokens: the client credentials grant of RFC 6749, section 4.4. */
public final class TokenEndpoint {
    private static final int MOST_BYTES = 64 * 1024;
    private static final long DEFAULT_SECONDS = 300;

    private final OkHttpClient http;
    private final HttpUrl endpoint;
    private final Clock clock;

    /**
     * @param http brings proxies, certificates and timeouts
     * @param base where the companion is
     */
    public TokenEndpoint(OkHttpClient http, String base, Clock clock) {
        this.http = http;
        this.endpoint = CompanionAddress.parse(base)
                .newBuilder()
                .addPathSegments("oauth/token")
                .build();
        this.clock = clock;
    }

    /**
     * One new token.
     *
     * @param scopes what it is for; empty for all that the client may do
     * @throws TokenRefusedException when the companion answers that it gives none
     * @throws IOException when it gives no answer that makes sense
     */
    public AccessToken mint(ClientSecret client, Set<String> scopes) throws IOException {
        FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
        if (!scopes.isEmpty()) {
            form.add("scope", String.join(" ", new TreeSet<>(scopes)));
        }
        Request request = new Request.Builder()
                .url(endpoint)
                .header("Authorization", Credentials.basic(encode(client.clientId()), encode(client.secret())))
                .header("Accept", "application/json")
                .post(form.build())
                .build();
        Instant asked = clock.instant();
        try (Response response = http.newCall(request).execute()) {
            byte[] body = response.body().byteStream().readNBytes(MOST_BYTES);
            if (!response.isSuccessful()) {
                throw refusal(client, response.code(), body);
            }
            JsonNode answer = Json.mapper().readTree(body);
            String value = answer == null ? "" : answer.path("access_token").asText("");
            if (value.isEmpty()) {
                throw new IOException("the answer of " + endpoint + " holds no access token");
            }
            long seconds = answer.path("expires_in").asLong(DEFAULT_SECONDS);
            return new AccessToken(
                    value, asked, asked.plus(Duration.ofSeconds(Math.max(1, seconds))), scopes(answer, scopes));
        }
    }

    private static Set<String> scopes(JsonNode answer, Set<String> asked) {
        String granted = answer.path("scope").asText("");
        if (granted.isBlank()) {
            return asked;
        }
        return new LinkedHashSet<>(java.util.List.of(granted.trim().split("\\s+")));
    }

    private IOException refusal(ClientSecret client, int status, byte[] body) {
        if (status != 400 && status != 401 && status != 403) {
            return new IOException("the companion's token endpoint " + endpoint + " answered " + status);
        }
        String error = "";
        try {
            JsonNode answer = Json.mapper().readTree(body);
            error = answer == null ? "" : answer.path("error").asText("");
        } catch (IOException e) {
            // No JSON, so no reason is known beyond the status.
        }
        // RFC 6749 section 5.2 fixes the words; anything else is not repeated.
        String reason = error.matches("[a-z_]{1,40}") ? error : "status " + status;
        return new TokenRefusedException("the companion gives no token to " + client + ": " + reason);
    }

    /** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
