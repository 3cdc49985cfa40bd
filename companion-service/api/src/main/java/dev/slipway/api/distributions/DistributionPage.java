package dev.slipway.api.distributions;

import java.util.List;

/** One page of distributions; {@code currentPage} counts from 1. */
public record DistributionPage(List<Distribution> distributions, long totalDistributions, int currentPage) {}
