package dev.slipway.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A mirror on loopback that cannot be trusted: it passes a repository on, but for one flipped bit in chosen files. */
final class TamperingProxy implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final OkHttpClient http = new OkHttpClient();
    private final String upstream;
    private final Predicate<String> chosen;
    private volatile int tampered;

    TamperingProxy(String upstream, Predicate<String> chosen) throws IOException {
        this.upstream = upstream.replaceAll("/+$", "");
        this.chosen = chosen;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How many answers were changed: a refusal proves nothing if the changed file was never read. */
    int tampered() {
        return tampered;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            Request request = new Request.Builder().url(upstream + path).build();
            try (Response response = http.newCall(request).execute();
                    InputStream in = response.body().byteStream()) {
                byte[] bytes = in.readAllBytes();
                if (response.code() == 200 && bytes.length > 0 && chosen.test(path)) {
                    bytes[bytes.length / 2] ^= 1;
                    synchronized (this) {
                        tampered++;
                    }
                }
                exchange.sendResponseHeaders(response.code(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
