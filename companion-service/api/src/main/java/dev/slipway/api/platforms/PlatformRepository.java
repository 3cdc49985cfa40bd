package dev.slipway.api.platforms;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository that builds and tests on a platform draw from.
 *
 * @param id given by the companion; left out in requests
 * @param arch an architecture of the platform; {@code src} for sources
 * @param url where somebody else serves it; empty for one that the companion hosts
 * @param type {@code rpm} or {@code deb}
 * @param debug whether it holds debug packages only
 * @param priority lower wins; 10 when left out
 * @param suite deb: the suite below {@code dists/}
 * @param components deb: the components to use; {@code main} when empty
 * @param trusted whether it is used without a signature check; only sensible inside one machine
 * @param key the ASCII-armoured certificate that must have signed it
 */
public record PlatformRepository(
        @Nullable Long id,
        String name,
        String arch,
        String url,
        String type,
        @Nullable Boolean debug,
        @Nullable Integer priority,
        @Nullable String suite,
        List<String> components,
        @Nullable Boolean trusted,
        @Nullable String key) {
    public PlatformRepository {
        components = Copies.list(components);
    }
}
