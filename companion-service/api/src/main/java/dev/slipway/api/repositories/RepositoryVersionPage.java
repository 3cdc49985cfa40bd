package dev.slipway.api.repositories;

import java.util.List;

/** One page of versions, newest first; {@code currentPage} counts from 1. */
public record RepositoryVersionPage(List<RepositoryVersion> versions, long totalVersions, int currentPage) {}
