package dev.slipway.api.repositories;

import java.util.List;

/** One page of repositories; {@code currentPage} counts from 1. */
public record RepositoryPage(List<Repository> repositories, long totalRepositories, int currentPage) {}
