package io.jenkins.plugins.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceLogTest {
    private final OkHttpClient http =
            new OkHttpClient.Builder().addInterceptor(new TraceLog()).build();
    private final Logger logger = Logger.getLogger(TraceLog.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private HttpServer server;
    private volatile int answer = 200;

    @BeforeEach
    void start() throws IOException {
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Slipway-Trace", "0af7651916cd43dd");
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        logger.removeHandler(handler);
        logger.setLevel(null);
    }

    private void ask() throws IOException {
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/builds/?secret=7")
                .header("Authorization", "Bearer t0p-s3cret")
                .build();
        http.newCall(request).execute().close();
    }

    @Test
    void aRefusalIsLoggedWithTheIdInTheCompanionsLog() throws IOException {
        answer = 403;
        ask();
        assertThat(lines).containsExactly("GET /api/v1/builds/ was answered with 403, trace 0af7651916cd43dd");
    }

    @Test
    void whatWorksIsNotLogged() throws IOException {
        ask();
        assertThat(lines).isEmpty();
    }
}
