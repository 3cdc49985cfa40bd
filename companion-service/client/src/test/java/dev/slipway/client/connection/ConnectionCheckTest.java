package dev.slipway.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.connection.ConnectionReport.Outcome;
import java.io.IOException;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionCheckTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private ConnectionCheck check() {
        return new ConnectionCheck(new OkHttpClient(), server.url("/").toString());
    }

    private ConnectionReport run() {
        return check().run(TokenSource.fixed("t0ken"));
    }

    @Test
    void saysVersionUserAndScopes() {
        answer(200, "{\"version\":\"1.0\"}");
        answer(
                200,
                "{\"username\":\"ci\",\"scopes\":[\"tests:read\",\"builds:create\"],\"expires_at\":\"2026-12-01T00:00:00Z\"}");
        ConnectionReport report = run();
        assertThat(report.outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(report.version()).isEqualTo("1.0");
        assertThat(report.user()).isEqualTo("ci");
        assertThat(report.scopes()).containsExactly("builds:create", "tests:read");
        assertThat(report.expires()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void asksForTheStatusWithoutTheToken() throws Exception {
        answer(200, "{\"version\":\"1.0\"}");
        answer(200, "{}");
        run();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t0ken");
    }

    @Test
    void withoutATokenItSaysSo() {
        answer(200, "{\"version\":\"1.0\"}");
        assertThat(check().run(null).outcome()).isEqualTo(Outcome.ANONYMOUS);
    }

    @Test
    void aRefusedTokenIsNamedAsSuch() {
        answer(200, "{\"version\":\"1.0\"}");
        answer(401, "{}");
        assertThat(run().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void doesNotFollowARedirect() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", server.url("/elsewhere").toString())
                .build());
        assertThat(run().outcome()).isEqualTo(Outcome.REDIRECT);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void sendsNoTokenToSomebodyElse() {
        answer(200, "<html>an internal page</html>");
        assertThat(run()).isEqualTo(ConnectionReport.of(Outcome.NO_COMPANION, 200));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void repeatsNothingThatOnlyLooksLikeAVersion() {
        answer(200, "{\"version\":\"<script>alert(1)</script>\"}");
        assertThat(run().outcome()).isEqualTo(Outcome.NO_COMPANION);
    }

    @Test
    void leavesOutScopesThatAreNone() {
        answer(200, "{\"version\":\"1.0\"}");
        answer(200, "{\"scopes\":[\"<b>x</b>\",\"builds:read\"],\"username\":\"<i>\"}");
        ConnectionReport report = run();
        assertThat(report.scopes()).containsExactly("builds:read");
        assertThat(report.user()).isNull();
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        String url = server.url("/").toString();
        server.close();
        ConnectionCheck check = new ConnectionCheck(new OkHttpClient(), url);
        assertThat(check.run(null).outcome()).isEqualTo(Outcome.UNREACHABLE);
    }
}
