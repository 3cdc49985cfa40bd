package dev.slipway.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks other servers, each time for a bounded time and for a bounded answer; follows no redirects. */
public final class Outbound {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;

    /** What a server said. */
    public record Answer(int status, String contentType, String body) {}

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * Gets a document.
     *
     * @throws IOException when there is no answer in time, or it is too large
     */
    public Answer get(URI url, Map<String, String> headers) throws IOException {
        return send(request(url, headers).GET());
    }

    /** As {@link #get} for a form that is posted. */
    public Answer postForm(URI url, Map<String, String> form, Map<String, String> headers) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return postEncoded(url, body, headers);
    }

    /** As {@link #postForm} for a form that is encoded already. */
    public Answer postEncoded(URI url, String form, Map<String, String> headers) throws IOException {
        return send(request(url, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Whether what is sent to an address can be read on no network: it is https, or does not leave this machine. */
    public static boolean isSafe(URI url) {
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null) {
            return false;
        }
        return "https".equals(url.getScheme())
                || ("http".equals(url.getScheme())
                        && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}")));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(URI url, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(PATIENCE).header("User-Agent", "slipway");
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        CompletableFuture<HttpResponse<byte[]>> running = client.sendAsync(request, info -> new Bounded());
        try {
            HttpResponse<byte[]> response = running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + request.uri().getHost(), e);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new IOException(request.uri().getHost() + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException("asking " + request.uri().getHost() + " failed: " + e.getCause(), e);
        }
    }

    /** Collects a body and gives up on one that is too large. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

        @SuppressWarnings("NullAway.Init") // comes first, by the contract of subscribers
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (collected.size() + buffer.remaining() > MOST_BYTES) {
                    subscription.cancel();
                    result.completeExceptionally(new IOException("the answer is larger than " + MOST_BYTES + " bytes"));
                    return;
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                collected.write(bytes, 0, bytes.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(collected.toByteArray());
        }
    }
}
