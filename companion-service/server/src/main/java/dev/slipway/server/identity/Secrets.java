package dev.slipway.server.identity;

import dev.slipway.packages.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Texts that prove something: a prefix that says what, and 256 random bits. Random as they are, their plain SHA-256 is safe
 * to store: there is nothing to guess that a slow hash would protect.
 */
public final class Secrets {
    /** Of API tokens. */
    static final String PREFIX = "slp_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A new text. */
    public static String make(String prefix) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** What is stored of a text. */
    public static byte[] digest(String text) {
        return MessageDigests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a stored digest is of that text; takes the same time whatever the answer. */
    public static boolean matches(byte[] digest, String text) {
        return MessageDigest.isEqual(digest, digest(text));
    }
}
