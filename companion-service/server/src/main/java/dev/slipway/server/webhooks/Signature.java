package dev.slipway.server.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver knows that a delivery is ours, and not an old one sent again. */
final class Signature {
    static final String HEADER = "X-Slipway-Signature-256";
    static final String TIMESTAMP = "X-Slipway-Timestamp";

    private Signature() {}

    /**
     * The header's value: {@code sha256=} and the hexadecimal HMAC-SHA-256 of timestamp, a full stop, and the body.
     *
     * @param seconds what the header {@link #TIMESTAMP} says: seconds since 1970
     */
    static String of(String secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
