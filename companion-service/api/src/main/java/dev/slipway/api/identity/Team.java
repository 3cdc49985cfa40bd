package dev.slipway.api.identity;

import java.time.Instant;
import java.util.List;

/**
 * People and services that work together: roles can be granted to all of them, and each may cancel, restart and remove
 * the builds of the others.
 *
 * @param members user names, sorted
 */
public record Team(long id, String name, String description, List<String> members, int revision, Instant createdAt) {
    public Team {
        members = List.copyOf(members);
    }
}
