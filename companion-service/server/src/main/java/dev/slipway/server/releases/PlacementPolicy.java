package dev.slipway.server.releases;

import dev.slipway.server.repositories.NameGlob;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a distribution and its platform declare about where packages go.
 *
 * @param rules in order; the first that matches decides
 * @param multilib packages whose 32-bit form also goes to the 64-bit repository
 * @param weakArches weak architecture → the strong one whose places it copies
 * @param noarchOrigin the architecture whose build of an architecture-independent package is the one released
 * @param defaultFamily where packages go that nothing else places
 */
record PlacementPolicy(
        List<Rule> rules,
        List<NameGlob> multilib,
        Map<String, String> weakArches,
        @Nullable String noarchOrigin,
        @Nullable String defaultFamily) {

    static final PlacementPolicy NONE = new PlacementPolicy(List.of(), List.of(), Map.of(), null, null);

    PlacementPolicy {
        rules = List.copyOf(rules);
        multilib = List.copyOf(multilib);
        weakArches = Map.copyOf(weakArches);
    }

    boolean isMultilib(String name) {
        return multilib.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /**
     * Packages whose name, or whose source's name, matches go to a family of repositories.
     *
     * @param bySource whether the source package's name is looked at instead of the package's own
     */
    record Rule(NameGlob names, boolean bySource, String family) {
        boolean matches(Candidate candidate) {
            return names.matches(bySource ? candidate.sourceName() : candidate.baseName());
        }
    }
}
