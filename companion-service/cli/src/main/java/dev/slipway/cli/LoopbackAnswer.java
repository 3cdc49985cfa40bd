package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.HttpUrl;

/** Takes the answer that a browser brings to this machine at the end of a login (RFC 8252, section 7.3). */
final class LoopbackAnswer implements AutoCloseable {
    private static final String PATH = "/callback";

    private final HttpServer server;
    private final CompletableFuture<HttpUrl> brought = new CompletableFuture<>();

    private LoopbackAnswer(HttpServer server) {
        this.server = server;
    }

    /** Listens on a free port that other machines cannot reach. */
    static LoopbackAnswer listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        LoopbackAnswer answer = new LoopbackAnswer(server);
        server.createContext(PATH, answer::take);
        server.start();
        return answer;
    }

    /** Where the browser is to be sent. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpUrl url = HttpUrl.parse("http://127.0.0.1" + exchange.getRequestURI());
            boolean some =
                    url != null && exchange.getRequestMethod().equals("GET") && url.queryParameter("state") != null;
            byte[] text = (some ? "You can close this window and go back to the program." : "There is nothing here.")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(some ? 200 : 404, text.length);
            exchange.getResponseBody().write(text);
            if (some) {
                brought.complete(url);
            }
        }
    }

    /**
     * The code, once the browser brought it.
     *
     * @param state that was sent
     * @param issuer that was asked
     */
    String code(String state, String issuer, Duration patience) throws IOException, InterruptedException {
        HttpUrl url;
        try {
            url = brought.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CliException(ExitCode.DENIED, "nobody logged in within " + patience.toMinutes() + " minutes");
        } catch (ExecutionException e) {
            throw new IOException("the browser's answer could not be read", e);
        }
        String code = url.queryParameter("code");
        if (!state.equals(url.queryParameter("state")) || !issuer.equals(url.queryParameter("iss"))) {
            throw new CliException(ExitCode.DENIED, "the browser brought the answer to another login; begin again");
        }
        if (code == null) {
            throw new CliException(ExitCode.DENIED, "the login was refused; your companion's operator knows why");
        }
        return code;
    }

    @Override
    public void close() {
        server.stop(1);
    }
}
