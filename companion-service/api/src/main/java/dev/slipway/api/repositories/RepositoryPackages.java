package dev.slipway.api.repositories;

import java.util.List;

/** One page of a version's packages, by name; {@code currentPage} counts from 1. */
public record RepositoryPackages(List<RepositoryPackage> packages, long totalPackages, int currentPage) {}
