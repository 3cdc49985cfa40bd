package dev.slipway.server.oauth;

import java.time.Duration;

/**
 * How long things are good for.
 *
 * @param accessToken an access token
 * @param loginToken the one token of a login that has no way to get another, as the founding API's
 * @param session a person's login: what is refreshed ends with it
 * @param keyRotation after how long a companion signs with a new key
 */
public record OAuthSettings(Duration accessToken, Duration loginToken, Duration session, Duration keyRotation) {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_TOKEN = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(366);

    public static final OAuthSettings DEFAULTS =
            new OAuthSettings(Duration.ofMinutes(15), Duration.ofHours(12), Duration.ofDays(30), Duration.ofDays(90));

    /** @throws IllegalArgumentException when a time is unsafe or makes no sense */
    public OAuthSettings {
        within("oauth.access-token-life", accessToken, LONGEST_TOKEN);
        within("oauth.login-token-life", loginToken, LONGEST_TOKEN);
        within("oauth.session-life", session, LONGEST);
        within("oauth.key-rotation", keyRotation, LONGEST);
    }

    private static void within(String name, Duration value, Duration longest) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the setting " + name + " must be between " + SHORTEST + " and " + longest + ", not " + value);
        }
    }

    /** How long any access token may be good for. */
    Duration longestToken() {
        return accessToken.compareTo(loginToken) > 0 ? accessToken : loginToken;
    }
}
