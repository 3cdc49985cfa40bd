package dev.slipway.api.distributions;

import org.jspecify.annotations.Nullable;

/**
 * Changes how a distribution is released to.
 *
 * @param approval {@code none}, or {@code second-person} when somebody other than the planner must approve a release
 * @param revision the one that the caller has seen; refused when it is no longer the current one
 */
public record DistributionUpdate(
        @Nullable String approval, @Nullable Integer revision) {}
