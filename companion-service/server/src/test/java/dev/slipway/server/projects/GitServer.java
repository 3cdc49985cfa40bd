package dev.slipway.server.projects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A git server in small: the list of an organisation, one project a page, and repositories over git's smart HTTP protocol as far as the list of refs. */
final class GitServer {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final Map<String, Repository> repositories = new TreeMap<>();
    private final Set<String> broken = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private CountDownLatch stalled = new CountDownLatch(0);
    private int listingStatus = 200;

    private record Repository(String changed, List<String> refs) {}

    private GitServer(HttpServer server) {
        this.server = server;
    }

    static GitServer start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            GitServer server = new GitServer(http);
            http.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "git-server");
                thread.setDaemon(true);
                return thread;
            }));
            http.createContext("/listing", server::list);
            http.createContext("/git/", server::serve);
            http.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String listing() {
        return url() + "/listing";
    }

    synchronized void reset() {
        stalled.countDown();
        stalled = new CountDownLatch(0);
        listingStatus = 200;
        repositories.clear();
        broken.clear();
        asked.clear();
    }

    void stop() {
        reset();
        server.stop(0);
    }

    synchronized void project(String name, String changed, String... refs) {
        repositories.put(name, new Repository(changed, List.of(refs)));
    }

    synchronized void remove(String name) {
        repositories.remove(name);
    }

    synchronized void breakRepository(String name) {
        broken.add(name);
    }

    synchronized void mend(String name) {
        broken.remove(name);
    }

    synchronized void fail(int status) {
        listingStatus = status;
    }

    /** From now on the list is never answered. */
    synchronized void stall() {
        stalled = new CountDownLatch(1);
    }

    synchronized void forgetRequests() {
        asked.clear();
    }

    synchronized List<String> askedFor() {
        return List.copyOf(asked);
    }

    private void list(HttpExchange exchange) throws IOException {
        CountDownLatch wait;
        synchronized (this) {
            wait = stalled;
        }
        try {
            wait.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String query = exchange.getRequestURI().getQuery();
        int page = query == null ? 0 : Integer.parseInt(query.substring("page=".length()));
        synchronized (this) {
            List<String> names = List.copyOf(repositories.keySet());
            if (page + 1 < names.size()) {
                exchange.getResponseHeaders().add("Link", "<" + listing() + "?page=" + (page + 1) + ">; rel=\"next\"");
            }
            String body =
                    names.stream().skip(page).limit(1).map(this::entry).collect(Collectors.joining(",", "[", "]"));
            answer(exchange, listingStatus, body);
        }
    }

    private String entry(String name) {
        return "{\"name\": \"%s\", \"clone_url\": \"%s/git/%s.git\", \"updated_at\": \"%s\"}"
                .formatted(
                        name,
                        url(),
                        name,
                        Objects.requireNonNull(repositories.get(name)).changed());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring("/git/".length()).replaceAll("\\.git/.*", "");
        synchronized (this) {
            Repository repository = repositories.get(name);
            if (path.endsWith("/info/refs")) {
                asked.add(name);
            }
            if (repository == null || broken.contains(name)) {
                answer(exchange, 500, "broken");
            } else if (path.endsWith("/info/refs")) {
                exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
                answer(exchange, 200, advertisement(repository));
            } else {
                answer(exchange, 404, "");
            }
        }
    }

    private static String advertisement(Repository repository) {
        StringBuilder lines = new StringBuilder(line("# service=git-upload-pack\n") + "0000");
        String capabilities = "\0 agent=test";
        for (String ref : repository.refs()) {
            lines.append(line(COMMIT + " " + ref + capabilities + "\n"));
            capabilities = "";
        }
        return lines + "0000";
    }

    private static String line(String text) {
        return "%04x%s".formatted(text.length() + 4, text);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
