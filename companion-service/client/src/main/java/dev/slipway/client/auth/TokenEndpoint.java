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
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks a companion for access tokens (RFC 6749), for a program of its own or for a person who logged in. */
public final class TokenEndpoint {
    private static final int MOST_BYTES = 64 * 1024;
    private static final long DEFAULT_SECONDS = 300;

    /**
     * Where a companion lets people log in.
     *
     * @param issuer what it calls itself
     */
    public record Metadata(String issuer, HttpUrl authorizationEndpoint) {}

    private final OkHttpClient http;
    private final HttpUrl base;
    private final Clock clock;

    /**
     * Nothing is sent yet.
     *
     * @param http brings proxies, certificates and timeouts
     * @param base where the companion is
     */
    public TokenEndpoint(OkHttpClient http, String base, Clock clock) {
        this.http = http;
        this.base = CompanionAddress.parse(base);
        this.clock = clock;
    }

    /**
     * One new token by the client credentials grant.
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
        Instant asked = clock.instant();
        Request.Builder request = post("oauth/token", form.build())
                .header("Authorization", Credentials.basic(encode(client.clientId()), encode(client.secret())));
        return token(send(request.build(), client.toString()), asked, scopes);
    }

    /** Exchanges the code that the browser brought for a login. */
    public Login redeem(LoginRequest login, String code) throws IOException {
        return login(new FormBody.Builder()
                .add("grant_type", "authorization_code")
                .add("code", code)
                .add("redirect_uri", login.redirectUri())
                .add("code_verifier", login.verifier()));
    }

    /** The next tokens of a login; the refresh token is used up. */
    public Login refresh(String refreshToken) throws IOException {
        return login(new FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", refreshToken));
    }

    private Login login(FormBody.Builder form) throws IOException {
        Instant asked = clock.instant();
        Request request = post(
                        "oauth/token",
                        form.add("client_id", LoginRequest.CLIENT).build())
                .build();
        JsonNode answer = send(request, "this program");
        String refreshToken = answer.path("refresh_token").asText("");
        if (refreshToken.isEmpty()) {
            throw new IOException("the answer of " + request.url() + " holds no refresh token");
        }
        return new Login(token(answer, asked, Set.of()), refreshToken);
    }

    /** Ends a login. */
    public void revoke(String refreshToken) throws IOException {
        FormBody form = new FormBody.Builder()
                .add("token", refreshToken)
                .add("client_id", LoginRequest.CLIENT)
                .build();
        try (Response response =
                http.newCall(post("oauth/revoke", form).build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("the companion did not end the login: status " + response.code());
            }
        }
    }

    /** Where people log in. */
    public Metadata metadata() throws IOException {
        Request request = new Request.Builder()
                .url(base.newBuilder()
                        .addPathSegments(".well-known/oauth-authorization-server")
                        .build())
                .header("Accept", "application/json")
                .build();
        JsonNode answer = send(request, "this program");
        String issuer = answer.path("issuer").asText("");
        HttpUrl endpoint = HttpUrl.parse(answer.path("authorization_endpoint").asText(""));
        if (issuer.isEmpty() || endpoint == null || !endpoint.toString().startsWith(issuer)) {
            throw new IOException("the answer of " + request.url() + " does not say where to log in");
        }
        return new Metadata(issuer, endpoint);
    }

    private Request.Builder post(String path, FormBody form) {
        return new Request.Builder()
                .url(base.newBuilder().addPathSegments(path).build())
                .header("Accept", "application/json")
                .post(form);
    }

    private JsonNode send(Request request, String who) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            byte[] body = response.body().byteStream().readNBytes(MOST_BYTES);
            if (!response.isSuccessful()) {
                throw refusal(request, who, response.code(), body);
            }
            JsonNode answer = Json.mapper().readTree(body);
            return answer == null ? Json.mapper().createObjectNode() : answer;
        }
    }

    private AccessToken token(JsonNode answer, Instant asked, Set<String> scopes) throws IOException {
        String value = answer.path("access_token").asText("");
        if (value.isEmpty()) {
            throw new IOException("the answer of " + base + "oauth/token holds no access token");
        }
        long seconds = answer.path("expires_in").asLong(DEFAULT_SECONDS);
        return new AccessToken(
                value, asked, asked.plus(Duration.ofSeconds(Math.max(1, seconds))), scopes(answer, scopes));
    }

    private static Set<String> scopes(JsonNode answer, Set<String> asked) {
        String granted = answer.path("scope").asText("");
        if (granted.isBlank()) {
            return asked;
        }
        return new LinkedHashSet<>(Arrays.asList(granted.trim().split("\\s+")));
    }

    private static IOException refusal(Request request, String who, int status, byte[] body) {
        if (status != 400 && status != 401 && status != 403) {
            return new IOException("the companion's token endpoint " + request.url() + " answered " + status);
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
        return new TokenRefusedException("the companion gives no token to " + who + ": " + reason);
    }

    /** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
