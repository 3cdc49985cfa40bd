package dev.slipway.client.wire;

import okhttp3.HttpUrl;

/** The address of a companion. */
public final class CompanionAddress {
    private CompanionAddress() {}

    /**
     * The address, checked.
     *
     * @throws IllegalArgumentException when it is no plain http or https address
     */
    public static HttpUrl parse(String base) {
        HttpUrl url = HttpUrl.parse(base);
        if (url == null) {
            throw new IllegalArgumentException("not an http or https address: " + base);
        }
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new IllegalArgumentException("the companion's address must not hold a user or a password");
        }
        if (url.query() != null || url.fragment() != null) {
            throw new IllegalArgumentException("the companion's address must end with its path: " + base);
        }
        return url;
    }
}
