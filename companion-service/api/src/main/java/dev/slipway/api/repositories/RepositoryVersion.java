package dev.slipway.api.repositories;

import java.time.Instant;

/**
 * One numbered set of packages of a repository.
 *
 * @param contentHash SHA-256 (hex) over the sorted digests of the packages
 * @param reason what made it: one line
 */
public record RepositoryVersion(
        int number, String contentHash, int packageCount, int added, int removed, String reason, Instant createdAt) {}
