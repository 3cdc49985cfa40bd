package dev.slipway.api.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role that was given to a user or to the members of a team.
 *
 * @param user who has it; absent when a team has it
 * @param team whose members have it; absent when a user has it
 * @param distribution on which alone it holds; everywhere when absent
 * @param grantedBy absent when the service gave it at its first start
 */
public record Grant(
        long id,
        String role,
        @Nullable String user,
        @Nullable String team,
        @Nullable String distribution,
        @Nullable String grantedBy,
        Instant grantedAt) {}
