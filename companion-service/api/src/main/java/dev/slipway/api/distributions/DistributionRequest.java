package dev.slipway.api.distributions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a distribution; the members may also come inside one called {@code distribution}.
 *
 * @param platforms names of platforms
 * @param signKey the key id to sign its repositories' metadata with; unsigned when absent
 * @param approval {@code second-person} when somebody other than the planner must approve a release; none when absent
 */
public record DistributionRequest(
        @Nullable String name,
        @Nullable List<String> platforms,
        @Nullable String signKey,
        @Nullable Map<String, Object> data,
        @Nullable String approval,
        @Nullable DistributionRequest distribution) {

    /** The request itself, taken out of the {@code distribution} member when it is in one. */
    public DistributionRequest unwrapped() {
        return distribution == null ? this : distribution;
    }
}
