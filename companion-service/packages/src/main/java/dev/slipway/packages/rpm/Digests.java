package dev.slipway.packages.rpm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Digests that packages carry. */
final class Digests {
    private Digests() {}

    static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }

    /** By the number of the OpenPGP hash algorithm (RFC 9580, 9.5), as rpm names them; null for one not known. */
    static @Nullable MessageDigest ofNumber(long number) {
        return switch ((int) number) {
            case 1 -> of("MD5");
            case 2 -> of("SHA-1");
            case 8 -> of("SHA-256");
            case 9 -> of("SHA-384");
            case 10 -> of("SHA-512");
            case 11 -> of("SHA-224");
            default -> null;
        };
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
