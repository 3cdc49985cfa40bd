package dev.slipway.api.distributions;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named set of platforms with repositories of its own.
 *
 * @param platforms their names
 * @param signKey the key id its repositories' metadata is signed with
 * @param builds ids of the builds that were added and not removed
 * @param data placement rules, multilib list, policy
 * @param approval {@code none}, or {@code second-person} when somebody other than the planner must approve a release
 */
public record Distribution(
        long id,
        String name,
        List<String> platforms,
        @Nullable String signKey,
        List<Long> builds,
        Map<String, Object> data,
        String approval,
        int revision) {}
