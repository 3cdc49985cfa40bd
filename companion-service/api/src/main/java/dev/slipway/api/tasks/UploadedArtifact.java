package dev.slipway.api.tasks;

/** The answer to an upload. */
public record UploadedArtifact(String name, String sha256, long size) {}
