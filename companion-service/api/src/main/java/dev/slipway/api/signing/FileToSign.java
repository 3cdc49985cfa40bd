package dev.slipway.api.signing;

import org.jspecify.annotations.Nullable;

/**
 * A whole file that an external sign node signs and uploads again.
 *
 * @param id of the payload; comes back in {@link SignedFile}
 * @param type {@code rpm}, or {@code changes} for a file to clear-sign
 * @param downloadUrl answers the file
 * @param sha256 of the file, to be checked before signing
 * @param size in bytes
 */
public record FileToSign(
        long id, String name, @Nullable String arch, String type, String downloadUrl, String sha256, long size) {}
