package io.jenkins.plugins.slipway.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of a companion as the configuration talks to. */
public final class FakeCompanion implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> forms = new CopyOnWriteArrayList<>();

    public FakeCompanion() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String caller = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(path + " " + caller + " " + exchange.getRequestHeaders().getFirst("User-Agent"));
        switch (path) {
            case "/status" -> send(exchange, 200, "{\"version\":\"1.2.3\"}");
            case "/oauth/token" -> {
                forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                send(exchange, 200, "{\"access_token\":\"minted\",\"token_type\":\"Bearer\",\"expires_in\":900}");
            }
            case "/api/v1/token/status" -> {
                boolean known = "Bearer t0p-s3cret".equals(caller) || "Bearer minted".equals(caller);
                send(
                        exchange,
                        known ? 200 : 401,
                        known ? "{\"username\":\"ci\",\"scopes\":[\"builds:create\"]}" : "{}");
            }
            default -> send(exchange, 404, "{}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Path, authorization and user agent of each request so far. */
    public List<String> asked() {
        return asked;
    }

    /** What was sent to have tokens minted. */
    public List<String> forms() {
        return forms;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
