package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import okhttp3.HttpUrl;

/** Addresses for people. */
final class Links {
    private Links() {}

    static String build(SlipwayClient client, long id) {
        return absolute(client.api().base(), "/api/v1/builds/" + id + "/");
    }

    static String task(SlipwayClient client, String logHref) {
        return absolute(client.api().base(), logHref);
    }

    static String release(SlipwayClient client, long id) {
        return absolute(client.api().base(), "/api/v1/releases/" + id + "/");
    }

    /** What the companion gave, as an address of its own below {@code base} where it gave only a path. */
    static String absolute(String base, String given) {
        HttpUrl companion = HttpUrl.get(base);
        if (!given.startsWith("/")) {
            HttpUrl url = companion.resolve(given);
            return url == null ? given : url.toString();
        }
        HttpUrl.Builder url = companion.newBuilder();
        if (companion.pathSegments().get(companion.pathSize() - 1).isEmpty()) {
            url.removePathSegment(companion.pathSize() - 1);
        }
        return url.addEncodedPathSegments(given.substring(1)).build().toString();
    }
}
