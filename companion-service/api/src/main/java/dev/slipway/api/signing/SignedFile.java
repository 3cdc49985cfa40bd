package dev.slipway.api.signing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A signed file that an external sign node has uploaded as a blob; unknown members are ignored.
 *
 * @param id as in {@link FileToSign}
 * @param href of the uploaded blob; needed where {@code sha256} is absent
 * @param fingerprint of the key the node says it used; compared, never believed
 * @param sha256 of the signed file; needed where {@code href} is absent
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignedFile(
        @Nullable Long id,
        @Nullable String name,
        @Nullable String arch,
        @Nullable String type,
        @Nullable String href,
        @Nullable String fingerprint,
        @Nullable String sha256) {}
