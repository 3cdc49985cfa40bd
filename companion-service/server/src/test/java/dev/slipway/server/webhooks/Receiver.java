package dev.slipway.server.webhooks;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who is told of events, and answers as a test wants it. */
final class Receiver implements AutoCloseable {
    /** A delivery as it arrived. */
    record Received(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase(name))
                    .map(each -> each.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        JsonNode json() throws IOException {
            return Json.mapper().readTree(body);
        }

        String type() {
            return header("X-Slipway-Event");
        }
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile String answer = "";
    private volatile Map<String, String> headers = Map.of();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    void answers(int code, String text, Map<String, String> more) {
        status = code;
        answer = text;
        headers = more;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?from=slipway";
    }

    List<Received> received() {
        return received;
    }

    /** Waits for so many deliveries of a type, and gives them. */
    List<Received> awaitOf(String type, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> received.stream()
                                .filter(each -> each.type().equals(type))
                                .toList(),
                        found -> found.size() >= count);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
