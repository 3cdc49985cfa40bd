package dev.slipway.server.repositories;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 (hex) that tells sets of packages apart: over the digests of their files, each followed by a line feed, in
 * ascending order. It says the same on every machine. Not safe for use by several threads.
 */
public final class ContentHash {

    private final MessageDigest digest = sha256();
    private String former = "";

    /** Takes the next package's digest (hex), which must not be smaller than the one before. */
    public void add(String sha256) {
        if (sha256.compareTo(former) < 0) {
            throw new IllegalArgumentException("digests must come in ascending order");
        }
        former = sha256;
        digest.update(sha256.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) '\n');
    }

    /** The hash of all that was added. */
    public String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 (hex) of a text's UTF-8 bytes. */
    public static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
