package dev.slipway.server.blobs;

import dev.slipway.server.http.ProblemException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHA-256 digests, in hexadecimal and as the Repr-Digest header of RFC 9530 spells them. */
public final class Digests {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA_256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):\\s*(?:,|$)");

    private Digests() {}

    public static boolean isSha256(String text) {
        return HEX.matcher(text).matches();
    }

    /**
     * The SHA-256 that a Repr-Digest header declares, in lower-case hexadecimal; absent when there is no header.
     *
     * @throws ProblemException 400 when it declares none
     */
    public static @Nullable String ofHeader(@Nullable String reprDigest) {
        if (reprDigest == null) {
            return null;
        }
        Matcher matcher = SHA_256.matcher(reprDigest);
        if (!matcher.find()) {
            throw ProblemException.badRequest(
                    "the header Repr-Digest must hold the SHA-256 as sha-256=:<base64 of the digest>:");
        }
        return HexFormat.of()
                .formatHex(Base64.getDecoder().decode(matcher.group(1)))
                .toLowerCase(Locale.ROOT);
    }

    /** The Repr-Digest header's value for a digest in hexadecimal. */
    public static String header(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }
}
