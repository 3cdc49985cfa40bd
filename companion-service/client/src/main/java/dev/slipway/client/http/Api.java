package dev.slipway.client.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.client.auth.TokenSource;
import dev.slipway.client.wire.CompanionAddress;
import dev.slipway.client.wire.Json;
import java.time.Duration;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * One companion, reached with one identity. Safe for use by several threads; calls block the calling thread and end
 * when it is interrupted.
 */
public final class Api {
    private final OkHttpClient http;
    private final HttpUrl base;
    private final TokenSource tokens;
    private final ObjectMapper json;
    private final RetryPolicy retry;
    private final Pause pause;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * @param http brings proxies, certificates and timeouts; the read timeout is raised for long polls by each call
     * @param base where the companion is, without {@code /api/v1}
     */
    public Api(OkHttpClient http, String base, TokenSource tokens, RetryPolicy retry, Pause pause) {
        this.http = http;
        this.base = CompanionAddress.parse(base);
        this.tokens = tokens;
        this.json = Json.mapper();
        this.retry = retry;
        this.pause = pause;
    }

    /** Timeouts for a companion that is near or far; long enough for a slow disk, short enough to notice a dead peer. */
    public static OkHttpClient.Builder defaults(OkHttpClient.Builder builder) {
        return builder.connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(60))
                .writeTimeout(Duration.ofSeconds(60))
                .followRedirects(false)
                .followSslRedirects(false);
    }

    /** A call below {@code /api/v1}; segments are encoded, and an empty last one gives a trailing slash. */
    public Request request(String method, Object... segments) {
        HttpUrl.Builder url = base.newBuilder();
        if (base.pathSegments().get(base.pathSize() - 1).isEmpty()) {
            url.removePathSegment(base.pathSize() - 1);
        }
        url.addPathSegments("api/v1");
        for (Object segment : segments) {
            url.addPathSegment(segment.toString());
        }
        return new Request(this, method, url);
    }

    /** A call to a path that the companion itself gave, such as the {@code url} of a payload. */
    public Request at(String method, String given) {
        HttpUrl url = base.resolve(given);
        if (url == null || !url.host().equals(base.host()) || url.port() != base.port()) {
            throw new IllegalArgumentException("the companion gave an address that is not its own: " + given);
        }
        return new Request(this, method, url.newBuilder());
    }

    /** Where the companion is. */
    public String base() {
        return base.toString();
    }

    OkHttpClient http() {
        return http;
    }

    TokenSource tokens() {
        return tokens;
    }

    ObjectMapper json() {
        return json;
    }

    RetryPolicy retry() {
        return retry;
    }

    Pause pause() {
        return pause;
    }

    RandomGenerator random() {
        return random;
    }
}
