package dev.slipway.api.tasks;

/**
 * A file that a task starts from.
 *
 * @param type as in {@link ReportedArtifact}
 * @param url starts with a slash: relative to the companion
 */
public record WorkFile(String name, String type, String sha256, long size, String url) {}
