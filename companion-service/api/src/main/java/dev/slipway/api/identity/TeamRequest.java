package dev.slipway.api.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a team.
 *
 * @param members names of users that exist
 */
public record TeamRequest(
        String name, @Nullable String description, @Nullable List<String> members) {}
