package dev.slipway.api.tasks;

/**
 * A file that was uploaded under the same lease and is part of the result.
 *
 * @param type {@code rpm}, {@code src_rpm}, {@code deb}, {@code dsc}, {@code source} (a file that a .dsc names), {@code changes},
 *     {@code buildinfo}, {@code log} or {@code other}
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ReportedArtifact(String name, String type, String sha256, Long size) {}
