package dev.slipway.api.service;

import java.time.Instant;

/**
 * What program answers, and how it is.
 *
 * @param commit the source it was built from, {@code unknown} when that was not under version control
 * @param buildTime when it was built, in ISO-8601
 * @param database the server's version, or {@code unavailable}
 */
public record Status(String version, String commit, String buildTime, Instant startedAt, String database) {}
