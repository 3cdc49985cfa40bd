package dev.slipway.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.TestClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenEndpointTest {
    private final MockWebServer server = new MockWebServer();
    private final TestClock clock = new TestClock();
    private TokenEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        server.start();
        endpoint =
                new TokenEndpoint(new OkHttpClient(), server.url("/companion").toString(), clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    @Test
    void asksAsTheClientForTheScopes() throws Exception {
        answer(200, "{\"access_token\":\"t\",\"expires_in\":600,\"token_type\":\"Bearer\"}");
        endpoint.mint(new ClientSecret("ci client", "a:b"), Set.of("builds:read", "builds:create"));
        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getUrl().encodedPath()).isEqualTo("/companion/oauth/token");
        assertThat(asked.getHeaders().get("Authorization")).isEqualTo(Credentials.basic("ci+client", "a%3Ab"));
        assertThat(URLDecoder.decode(asked.getBody().utf8(), StandardCharsets.UTF_8))
                .isEqualTo("grant_type=client_credentials&scope=builds:create builds:read");
    }

    @Test
    void knowsWhenTheTokenEndsAndWhatItIsFor() throws Exception {
        answer(200, "{\"access_token\":\"t\",\"expires_in\":600,\"scope\":\"builds:read tests:read\"}");
        AccessToken token = endpoint.mint(new ClientSecret("ci", "x"), Set.of());
        assertThat(token.expires()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(token.scopes()).containsExactlyInAnyOrder("builds:read", "tests:read");
    }

    @Test
    void saysWhichClientIsRefusedAndWhy() {
        answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"<b>no</b>\"}");
        assertThatThrownBy(() -> endpoint.mint(new ClientSecret("ci", "x"), Set.of()))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessage("the companion gives no token to client ci: invalid_client");
    }

    @Test
    void repeatsNothingThatIsNoKnownReason() {
        answer(400, "<html>internal page of another server</html>");
        assertThatThrownBy(() -> endpoint.mint(new ClientSecret("ci", "x"), Set.of()))
                .hasMessage("the companion gives no token to client ci: status 400");
    }

    @Test
    void tellsAFaultFromARefusal() {
        answer(503, "");
        assertThatThrownBy(() -> endpoint.mint(new ClientSecret("ci", "x"), Set.of()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("503");
    }

    @Test
    void refusesAnAnswerWithoutAToken() {
        answer(200, "{}");
        assertThatThrownBy(() -> endpoint.mint(new ClientSecret("ci", "x"), Set.of()))
                .hasMessageContaining("holds no access token");
    }
}
