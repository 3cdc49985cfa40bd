package dev.slipway.packages.openpgp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What key to make.
 *
 * @param userId {@code Name <address>}
 * @param lifetime how long it may sign, from its creation; null for ever
 * @param signingSubkey whether a subkey signs, so that the primary key can be kept offline
 */
public record KeyRequest(String userId, Kind kind, @Nullable Duration lifetime, boolean signingSubkey) {

    /** Kinds of keys that apt, rpm and gpg all take. */
    public enum Kind {
        RSA_2048(2048),
        RSA_3072(3072),
        RSA_4096(4096),
        ED25519(0);

        private final int bits;

        Kind(int bits) {
            this.bits = bits;
        }

        int bits() {
            return bits;
        }
    }

    /** @throws IllegalArgumentException for an empty or unprintable user id, or no lifetime at all */
    public KeyRequest {
        if (userId.isBlank() || userId.length() > 200 || userId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the user id of a key is 1 to 200 printable characters");
        }
        if (lifetime != null && (lifetime.toSeconds() < 1)) {
            throw new IllegalArgumentException("the lifetime of a key is at least one second");
        }
    }

    /** A key without subkey, the plainest that every tool takes. */
    public static KeyRequest of(String userId, Kind kind, @Nullable Duration lifetime) {
        return new KeyRequest(userId, kind, lifetime, false);
    }
}
