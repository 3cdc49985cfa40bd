package dev.slipway.api.signing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a sign key; what is absent stays.
 *
 * @param keyid must be the recorded one: another key is another record
 * @param fingerprint must be the recorded one
 * @param certificate the same key's certificate anew, for example with a later expiry
 * @param archived true takes the key out of use, false brings it back
 * @param revision the revision the change was made from; a stale one is refused with the current one
 */
public record SignKeyUpdate(
        @Nullable String name,
        @Nullable String description,
        @Nullable String keyid,
        @Nullable String fingerprint,
        @Nullable String publicUrl,
        @Nullable String certificate,
        @Nullable List<Long> platformIds,
        @Nullable Boolean archived,
        @Nullable Integer revision) {}
