package dev.slipway.client.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import okhttp3.HttpUrl;

/**
 * A login that a browser ends for this program (RFC 6749, 7636, 8252).
 *
 * @param state comes back with the answer, to tell it from one that somebody else caused
 * @param verifier proves that the code was asked for here; a secret
 * @param redirectUri where the companion sends the browser with the code
 */
public record LoginRequest(String state, String verifier, String redirectUri) {
    /** The program's name at the companion. */
    public static final String CLIENT = "slipway-cli";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one, with secrets of its own. */
    public static LoginRequest to(String redirectUri) {
        return new LoginRequest(random(), random(), redirectUri);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the browser is to open. */
    public HttpUrl address(HttpUrl authorizationEndpoint) {
        return authorizationEndpoint
                .newBuilder()
                .addQueryParameter("response_type", "code")
                .addQueryParameter("client_id", CLIENT)
                .addQueryParameter("redirect_uri", redirectUri)
                .addQueryParameter("state", state)
                .addQueryParameter("code_challenge", challenge())
                .addQueryParameter("code_challenge_method", "S256")
                .build();
    }

    private String challenge() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sha.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a login to " + redirectUri;
    }
}
