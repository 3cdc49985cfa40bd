package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository that a clean root is to use.
 *
 * @param url absolute, or (from the companion itself) starting with a slash: relative to the companion's address as the worker
 *     knows it
 * @param trusted used without a signature check
 * @param key the ASCII-armoured certificate to check it with
 * @param priority lower wins
 */
public record WorkRepository(
        String name,
        String url,
        String type,
        @Nullable String suite,
        List<String> components,
        boolean trusted,
        @Nullable String key,
        int priority) {
    public WorkRepository {
        components = Copies.list(components);
    }
}
