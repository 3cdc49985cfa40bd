package dev.slipway.packages;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Message digests by name, for names that are known to be right: their absence is no exception to catch. */
public final class MessageDigests {
    private MessageDigests() {}

    /** Every Java platform has it. */
    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    /**
     * A digest by its name in Java.
     *
     * @throws IllegalStateException when this Java runtime lacks the algorithm
     */
    public static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }
}
