package dev.slipway.server.projects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.server.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists repositories from an address: a JSON list of objects with {@code clone_url}, as Gitea, Forgejo and GitHub answer for an
 * organisation (page after page by {@code Link: rel="next"}) and GitLab with {@code http_url_to_repo}; or a text with one
 * address a line.
 */
final class WebListing {
    private static final int MOST_PAGES = 500;
    private static final int MOST_PROJECTS = 50_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");
    private static final List<String> CHANGED = List.of("pushed_at", "updated_at", "last_activity_at");

    private final HttpClient client;
    private final Duration patience;

    /** @param patience how long one page may take */
    WebListing(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    List<Listed> of(URI address) throws IOException, InterruptedException {
        List<Listed> found = new ArrayList<>();
        URI page = address;
        for (int pages = 0; page != null; pages++) {
            HttpResponse<byte[]> answer = get(page);
            found.addAll(read(new String(answer.body(), StandardCharsets.UTF_8)));
            if (pages >= MOST_PAGES || found.size() > MOST_PROJECTS) {
                throw new IOException("the list at " + address + " does not end");
            }
            page = next(page, answer).orElse(null);
        }
        return found;
    }

    private HttpResponse<byte[]> get(URI page) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page)
                .timeout(patience)
                .header("Accept", "application/json, text/plain;q=0.9")
                .header("User-Agent", "slipway")
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // the request's own timeout ends with the answer's headers
            HttpResponse<byte[]> answer = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException(page + " answered " + answer.statusCode());
            }
            return answer;
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException(page + " did not answer within " + patience.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException(page + " could not be read: " + e.getCause(), e);
        }
    }

    /** Only at the same place: a list must not send this service elsewhere. */
    private static Optional<URI> next(URI page, HttpResponse<byte[]> answer) throws IOException {
        for (String header : answer.headers().allValues("Link")) {
            Matcher matcher = NEXT.matcher(header);
            if (matcher.find()) {
                URI next = page.resolve(matcher.group(1));
                if (!next.getAuthority().equals(page.getAuthority())) {
                    throw new IOException(page + " goes on at another host, " + next.getAuthority());
                }
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    static List<Listed> read(String body) throws IOException {
        return body.stripLeading().startsWith("[") ? json(body) : text(body);
    }

    private static List<Listed> json(String body) throws IOException {
        List<Listed> found = new ArrayList<>();
        try {
            for (JsonNode each : Json.mapper().readTree(body)) {
                String url = each.path("clone_url")
                        .asText(each.path("http_url_to_repo").asText(""));
                if (isWeb(url)) {
                    String name = each.hasNonNull("name") ? each.get("name").asText() : Listed.nameOf(url);
                    found.add(new Listed(name, url, changed(each)));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the list is no JSON", e);
        }
        return found;
    }

    private static @Nullable String changed(JsonNode each) {
        List<String> said = CHANGED.stream()
                .filter(each::hasNonNull)
                .map(name -> each.get(name).asText())
                .toList();
        return said.isEmpty() ? null : String.join(" ", said);
    }

    private static List<Listed> text(String body) {
        return body.lines()
                .map(String::strip)
                .filter(WebListing::isWeb)
                .map(url -> new Listed(Listed.nameOf(url), url, null))
                .toList();
    }

    private static boolean isWeb(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }
}
