package dev.slipway.client.servers;

import okhttp3.HttpUrl;

/** Says what is wrong with an address that somebody typed. */
public final class ServerUrl {
    private ServerUrl() {}

    /** The usual mistakes. */
    public enum Problem {
        NONE,
        /** Neither http nor https, or no host. */
        NO_HTTP_ADDRESS,
        /** Holds a user or a password, which would be stored and shown. */
        HOLDS_CREDENTIALS,
        /** Ends with a query or a fragment, so nothing can be appended to it. */
        HOLDS_QUERY
    }

    /** The first mistake in this address. */
    public static Problem problem(String url) {
        HttpUrl parsed = HttpUrl.parse(url.trim());
        if (parsed == null) {
            return Problem.NO_HTTP_ADDRESS;
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            return Problem.HOLDS_CREDENTIALS;
        }
        return parsed.query() != null || parsed.fragment() != null ? Problem.HOLDS_QUERY : Problem.NONE;
    }

    /** Whether what is sent to this address can be read on the way; a loopback address leaves no machine. */
    public static boolean isReadableOnTheWay(String url) {
        HttpUrl parsed = HttpUrl.parse(url.trim());
        return parsed != null && !parsed.isHttps() && !isLoopback(parsed.host());
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** The address without white space around it and without slashes at its end. */
    public static String trimmed(String url) {
        String trimmed = url.trim();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed;
    }
}
