package dev.slipway.api.builds;

import dev.slipway.api.Copies;
import java.util.List;
import java.util.Map;

/**
 * What a packager may set for a build or for one source of it.
 *
 * @param definitions rpm: macros by name without the percent sign; deb: build variables
 * @param with rpm: bcond names switched on; deb: build profiles
 * @param without rpm: bcond names switched off
 */
public record BuildOptions(Map<String, String> definitions, List<String> with, List<String> without) {
    public static final BuildOptions NONE = new BuildOptions(Map.of(), List.of(), List.of());

    public BuildOptions {
        definitions = Copies.map(definitions);
        with = Copies.list(with);
        without = Copies.list(without);
    }
}
