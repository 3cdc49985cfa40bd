package dev.slipway.api.identity;

import java.util.List;

/** One page of grants, newest first; {@code currentPage} counts from 1. */
public record GrantPage(List<Grant> grants, long totalGrants, int currentPage) {}
