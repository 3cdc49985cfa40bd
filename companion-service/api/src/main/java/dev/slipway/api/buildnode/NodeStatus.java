package dev.slipway.api.buildnode;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * The body of {@code POST /build_node/ping}; unknown members are ignored.
 *
 * @param activeTasks what the node is working on; ids of others are ignored
 */
public record NodeStatus(List<Long> activeTasks) {
    public NodeStatus {
        activeTasks = Copies.list(activeTasks);
    }
}
