package dev.slipway.api.identity;

import org.jspecify.annotations.Nullable;

/**
 * Gives a role to a user or to a team. Nobody can give what they lack.
 *
 * @param role the role's name
 * @param user either this or {@code team}
 * @param distribution on which alone it shall hold; everywhere when absent
 */
public record GrantRequest(
        String role,
        @Nullable String user,
        @Nullable String team,
        @Nullable String distribution) {}
