package dev.slipway.server.webhooks;

import dev.slipway.server.webhooks.Deliveries.Due;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Sends one delivery once. Follows no redirect, uses no proxy, and connects to no address but one that it has checked. */
final class HookSender {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_EXCERPT = 1_000;
    private static final Duration LONGEST_ADVICE = Duration.ofHours(6);

    /**
     * What became of a try.
     *
     * @param error why it does not count as taken; absent when it does
     * @param retryAfter the pause that the receiver asked for
     */
    record Outcome(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String response,
            @Nullable Duration retryAfter) {

        static Outcome failed(String error) {
            return new Outcome(null, error, null, null);
        }

        boolean isTaken() {
            return error == null;
        }
    }

    private final Targets targets;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .retryOnConnectionFailure(false)
            .callTimeout(WebhookSettings.PATIENCE)
            // Deliveries are rare, and a kept connection would outlive the check of its address.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .build();

    HookSender(Targets targets) {
        this.targets = targets;
    }

    Outcome send(Due due, String secret, Instant now) {
        HttpUrl url = HttpUrl.parse(due.url());
        String fault = url == null ? "is not a URL" : targets.fault(due.url()).orElse(null);
        if (url == null || fault != null) {
            return Outcome.failed("the webhook's URL " + fault);
        }
        try {
            List<InetAddress> addresses = targets.resolve(url.host());
            OkHttpClient pinned = client.newBuilder().dns(host -> addresses).build();
            try (Response response =
                    pinned.newCall(request(due, url, secret, now)).execute()) {
                return outcome(response);
            }
        } catch (UnknownHostException e) {
            return Outcome.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedIOException e) {
            return Outcome.failed("there was no answer within " + WebhookSettings.PATIENCE.toSeconds() + " seconds");
        } catch (SSLException e) {
            return Outcome.failed("TLS failed: " + e.getMessage());
        } catch (IOException e) {
            return Outcome.failed("the connection failed: " + e.getMessage());
        }
    }

    private Request request(Due due, HttpUrl url, String secret, Instant now) {
        long seconds = now.getEpochSecond();
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("User-Agent", "Slipway")
                .header("X-Slipway-Event", due.eventType())
                .header("X-Slipway-Delivery", String.valueOf(due.id()))
                .header(Signature.TIMESTAMP, String.valueOf(seconds))
                .header(Signature.HEADER, Signature.of(secret, seconds, due.body()));
        if (due.eventId() != null) {
            request.header("X-Slipway-Event-Id", String.valueOf(due.eventId()));
        }
        return request.post(RequestBody.create(due.body().getBytes(StandardCharsets.UTF_8), JSON))
                .build();
    }

    private static Outcome outcome(Response response) throws IOException {
        String excerpt = excerpt(response);
        if (response.isSuccessful()) {
            return new Outcome(response.code(), null, excerpt, null);
        }
        String error = response.isRedirect()
                ? "it was redirected, which is not followed: change the webhook's URL"
                : "it was answered with " + response.code();
        return new Outcome(response.code(), error, excerpt, advice(response.header("Retry-After")));
    }

    /** The beginning of the body; the rest is not read. */
    private static String excerpt(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(MOST_EXCERPT);
        byte[] bytes = source.getBuffer()
                .snapshot((int) Math.min(MOST_EXCERPT, source.getBuffer().size()))
                .toByteArray();
        return new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    private static @Nullable Duration advice(@Nullable String retryAfter) {
        try {
            long seconds = retryAfter == null ? 0 : Long.parseLong(retryAfter.strip());
            return seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_ADVICE.toSeconds()));
        } catch (NumberFormatException e) {
            return null; // a date, of which our own back-off takes the place
        }
    }
}
