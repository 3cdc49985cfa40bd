package dev.slipway.server.repositories;

import dev.slipway.packages.MessageDigests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 (hex) that tells sets of packages apart: over the digests of their files, each followed by a line feed, in
 * ascending order. It says the same on every machine. Not safe for use by several threads.
 */
public final class ContentHash {

    private final MessageDigest digest = MessageDigests.sha256();
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
        return HexFormat.of().formatHex(MessageDigests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
