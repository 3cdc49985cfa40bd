package dev.slipway.packages.rpm;

import dev.slipway.packages.MessageDigests;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Digests that packages carry. */
final class Digests {
    private Digests() {}

    /** By the number of the OpenPGP hash algorithm (RFC 9580, 9.5), as rpm names them; null for one not known. */
    static @Nullable MessageDigest ofNumber(long number) {
        return switch ((int) number) {
            case 1 -> MessageDigests.of("MD5");
            case 2 -> MessageDigests.of("SHA-1");
            case 8 -> MessageDigests.of("SHA-256");
            case 9 -> MessageDigests.of("SHA-384");
            case 10 -> MessageDigests.of("SHA-512");
            case 11 -> MessageDigests.of("SHA-224");
            default -> null;
        };
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
