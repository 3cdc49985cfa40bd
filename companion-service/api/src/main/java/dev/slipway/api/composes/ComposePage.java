package dev.slipway.api.composes;

import java.util.List;

/** One page of composes, newest first; {@code currentPage} counts from 1. */
public record ComposePage(List<Compose> composes, long totalComposes, int currentPage) {}
