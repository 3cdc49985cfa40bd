package dev.slipway.client.servers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level of configuration, such as a folder.
 *
 * @param name how people know the level
 * @param defaultServer the id of the companion to use when none is asked for
 * @param servers what it says about companions, in its own order
 */
public record ServerLevel(String name, @Nullable String defaultServer, List<ServerSettings> servers) {
    public ServerLevel {
        servers = List.copyOf(servers);
    }

    /** The first entry with this id. */
    @Nullable
    ServerSettings find(String id) {
        return servers.stream().filter(s -> s.id().equals(id)).findFirst().orElse(null);
    }
}
