package dev.slipway.api.buildnode;

import dev.slipway.api.Copies;
import java.util.List;

/**
 * The body of {@code POST /build_node/get_task}; unknown members are ignored.
 *
 * @param supportedArches architectures, and {@code src} for source packages
 * @param excludedPackages parts of sources' URLs, in whatever case, that this node does not build
 */
public record NodeTaskRequest(List<String> supportedArches, List<String> excludedPackages) {
    public NodeTaskRequest {
        excludedPackages = Copies.list(excludedPackages);
    }
}
