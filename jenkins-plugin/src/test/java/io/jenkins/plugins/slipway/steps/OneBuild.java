package io.jenkins.plugins.slipway.steps;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.IOUtils;

/** A companion that knows one build, 812, with one task, 17; being asked for more, it makes 813 with 18 and so on. */
final class OneBuild implements AutoCloseable {
    static final String TOKEN = "t0p-s3cret";

    private static final int FIRST = 812;
    private static final Pattern BUILD = Pattern.compile("/builds/(\\d+)");

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final AfterBuild after = new AfterBuild();
    private volatile String task = "ready";
    private volatile String build = "running";
    private volatile String log = "compiling\n";
    private volatile String error;
    private volatile boolean away;
    private volatile boolean broken;
    private final AtomicInteger minted = new AtomicInteger();

    OneBuild() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path and idempotency key of each request that was answered. */
    List<String> asked() {
        return asked;
    }

    long count(String start) {
        return asked.stream().filter(line -> line.startsWith(start)).count();
    }

    /** What is made of the build. */
    AfterBuild after() {
        return after;
    }

    void runs() {
        task = "running";
    }

    void ends(String state) {
        task = state;
        build = state;
    }

    void says(String text) {
        log = text;
    }

    void failsBecause(String reason) {
        error = reason;
        ends("failed");
    }

    void goAway(boolean gone) {
        away = gone;
    }

    void breakDown() {
        broken = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (away) {
            exchange.close();
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String line = exchange.getRequestMethod() + " " + path;
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        asked.add(key == null ? line : line + " " + key);
        String body = IOUtils.toString(exchange.getRequestBody(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getQuery();
        if (line.equals("POST /oauth/token")) {
            // Each is the last one's successor at once.
            send(exchange, 200, "{\"access_token\":\"" + TOKEN + minted.incrementAndGet() + "\",\"expires_in\":1}");
        } else if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("Bearer " + TOKEN)) {
            send(exchange, 401, "{\"detail\":\"unknown token\"}");
        } else if (broken) {
            exchange.getResponseHeaders().add("Slipway-Trace", "0af7651916cd43dd");
            send(exchange, 500, "{\"detail\":\"the service failed\"}");
        } else if (line.startsWith("PATCH ")) {
            ends("cancelled");
            send(exchange, 200, build(id(path)));
        } else if (line.endsWith("/log")) {
            exchange.getResponseHeaders().add("Slipway-Log-Complete", Boolean.toString(!build.equals("running")));
            send(exchange, 200, query.contains("offset=0") ? log : "");
        } else if (line.contains("/explain")) {
            send(exchange, 200, "{\"id\":17,\"state\":\"ready\",\"summary\":\"no worker\",\"slot\":\"s\"}");
        } else if (line.equals("POST /api/v1/builds/")) {
            send(exchange, 200, build(idOf(key)));
        } else {
            String made = after.answer(query == null ? line : line + "?" + query, body);
            send(exchange, 200, made == null ? build(id(path)) : made);
        }
    }

    /** The same for the same key. */
    private synchronized int idOf(String key) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
        return FIRST + keys.indexOf(key);
    }

    /** As the path has it. */
    private static int id(String path) {
        Matcher matcher = BUILD.matcher(path);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : FIRST;
    }

    private String build(int id) {
        int number = id - FIRST + 17;
        return """
                {"id": %d, "created_at": "2026-11-01T10:00:00Z", "finished_at": %s, "state": "%s", "error": %s, "mode": "chained",
                 "priority": 0, "user": {"id": 1, "username": "ci"}, "linked_builds": [], "repositories": [],
                 "test_tasks": [], "test_revision": 0, "cancel_testing": false, "signed": false, "released": false,
                 "revision": 1, "tasks": [{"id": %d, "status": 1, "status_name": "started", "state": "%s", "index": 0,
                 "arch": "x86_64", "platform": {"id": 1, "type": "rpm", "name": "el9", "arch_list": ["x86_64"]},
                 "ref": {"url": "https://git.example/wordfreq.git", "git_ref": "v1", "ref_type": 4},
                 "artifacts": [{"id": 1, "name": "wordfreq-1.3-1.x86_64.rpm", "type": "rpm", "href": "/api/v1/blobs/1",
                 "sha256": "cafe", "size": 5}], "attempts": 1, "started_at": %s, "log_href": "/api/v1/tasks/%d/log"}]}
                """.formatted(
                        id,
                        build.equals("running") ? "null" : "\"2026-11-01T10:05:00Z\"",
                        build,
                        error == null ? "null" : net.sf.json.util.JSONUtils.quote(error),
                        number,
                        task,
                        task.equals("ready") ? "null" : "\"2026-11-01T10:01:00Z\"",
                        number);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
