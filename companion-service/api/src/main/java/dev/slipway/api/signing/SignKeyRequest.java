package dev.slipway.api.signing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records a sign key. Key id and fingerprint are read from the certificate; where they are given as well they must
 * agree with it. Without a certificate both are needed, and nothing can be signed until one is uploaded.
 *
 * @param description empty when absent
 * @param certificate the armored public key; secret key material is refused
 * @param platformIds the platforms it may sign for; every one when absent or empty
 */
public record SignKeyRequest(
        String name,
        @Nullable String description,
        @Nullable String keyid,
        @Nullable String fingerprint,
        @Nullable String publicUrl,
        @Nullable String certificate,
        @Nullable List<Long> platformIds) {}
