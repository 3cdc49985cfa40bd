package dev.slipway.api.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * A package of a release.
 *
 * @param nevra the identity in the format's own spelling: {@code name-[epoch:]version-release.arch} or
 *     {@code name_version_arch}
 * @param sha256 of the file that would be released
 * @param source the source package it was built from
 * @param taskArch the architecture of the build task that made it; {@code src} for a source package
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleasePackage(
        long id,
        String name,
        @Nullable Integer epoch,
        String version,
        @Nullable String release,
        String arch,
        String nevra,
        String sha256,
        long buildId,
        String source,
        String taskArch) {}
