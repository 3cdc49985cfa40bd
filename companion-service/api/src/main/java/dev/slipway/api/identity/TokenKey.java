package dev.slipway.api.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that access tokens are signed with. Each companion on one database signs with a key of its own; all of them accept
 * what any of these keys signed.
 *
 * @param kid what tokens name it by
 * @param retiredAt since when nothing is signed with it any more; what it signed is accepted until it is removed
 */
public record TokenKey(
        String kid,
        String algorithm,
        Instant createdAt,
        @Nullable Instant retiredAt) {}
