package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
    private final MovingClock clock = new MovingClock();
    private final ServerHealth health = new ServerHealth(clock);
    private final OkHttpClient http = new OkHttpClient.Builder()
            .addInterceptor(new HealthWatch(health, "main"))
            .build();
    private HttpServer server;
    private volatile int answer = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/oauth/token") ? 200 : answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void ask(String path) throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        http.newCall(new Request.Builder().url(url).build()).execute().close();
    }

    @Test
    void aRefusalThatLastsIsNoticedThoughTokensAreIssued() throws IOException {
        answer = 401;
        ask("/oauth/token");
        ask("/api/v1/builds/");
        clock.pass(Duration.ofDays(1));
        ask("/oauth/token");
        assertThat(health.refusedForLong()).containsExactly("main");
    }

    @Test
    void anAnswerEndsIt() throws IOException {
        answer = 401;
        ask("/api/v1/builds/");
        answer = 200;
        ask("/api/v1/builds/");
        clock.pass(Duration.ofDays(1));
        assertThat(health.refusedForLong()).isEmpty();
    }

    @Test
    void aFaultOfTheCompanionSaysNothingAboutCredentials() throws IOException {
        answer = 401;
        ask("/api/v1/builds/");
        answer = 503;
        ask("/api/v1/builds/");
        clock.pass(Duration.ofDays(1));
        assertThat(health.refusedForLong()).containsExactly("main");
    }
}
