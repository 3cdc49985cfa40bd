package dev.slipway.server.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database.
 *
 * @param jdbcUrl without user and password
 * @param user absent when the driver is to find it by its own means
 * @param password absent likewise; never shown
 */
public record DatabaseAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {

    /**
     * Reads {@code postgresql://user:password@host:port/database?options}, {@code postgres://…} or the same after
     * {@code jdbc:}.
     *
     * @throws IllegalArgumentException when it is none of these; the message does not repeat the password
     */
    public static DatabaseAddress parse(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        URI uri;
        try {
            uri = new URI(plain);
        } catch (URISyntaxException e) {
            throw malformed();
        }
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!known
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw malformed();
        }
        String jdbc = "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return new DatabaseAddress(jdbc, null, null);
        }
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new DatabaseAddress(jdbc, decoded(userInfo), null)
                : new DatabaseAddress(
                        jdbc, decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "the database URL is not of the form postgresql://user:password@host:port/database");
    }

    @Override
    public String toString() {
        return jdbcUrl.replaceAll("\\?.*", "") + (user == null ? "" : " as " + user);
    }
}
