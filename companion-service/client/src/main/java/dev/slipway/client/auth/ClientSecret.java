package dev.slipway.client.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name and the password of a program that is known to the companion.
 *
 * @param clientId the name
 * @param secret the password; a secret
 */
public record ClientSecret(String clientId, String secret) {
    public ClientSecret {
        if (clientId.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("a client needs an id and a secret");
        }
    }

    /** Tells two secrets apart without holding either. */
    String fingerprint() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "client " + clientId;
    }
}
