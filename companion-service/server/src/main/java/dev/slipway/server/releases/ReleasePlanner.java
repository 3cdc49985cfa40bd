package dev.slipway.server.releases;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.ReleasePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides where each package of a release goes. Pure: the same inputs give the same plan.
 *
 * <p>First a {@link FamilyChooser family} of repositories is chosen by evidence, then the members of that family that
 * fit the package's architecture, or hold sources or debug packages.
 */
final class ReleasePlanner {

    private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::sourceName)
            .thenComparing(c -> !c.source())
            .thenComparing(Candidate::name)
            .thenComparing(Candidate::arch)
            .thenComparing(Candidate::nevra)
            .thenComparing(Candidate::id);

    /**
     * What is known when a plan is made.
     *
     * @param candidates the release's packages
     * @param places the target's repositories
     * @param history what those have of the candidates' names and sources
     * @param reference the same of the reference platform's repositories
     */
    record Inputs(
            List<Candidate> candidates,
            List<Place> places,
            List<Published> history,
            List<Published> reference,
            PlacementPolicy policy) {}

    private final Inputs inputs;
    private final FamilyChooser chooser;

    private ReleasePlanner(Inputs inputs, List<Candidate> candidates) {
        this.inputs = inputs;
        this.chooser = new FamilyChooser(inputs, candidates);
    }

    static ReleasePlan plan(Inputs inputs) {
        var distinct = new LinkedHashMap<Long, Candidate>();
        inputs.candidates().stream().sorted(ORDER).forEach(c -> distinct.putIfAbsent(c.id(), c));
        var candidates = List.copyOf(distinct.values());
        var planner = new ReleasePlanner(inputs, candidates);
        var others = notFromOrigin(candidates, inputs.policy());
        var packages = candidates.stream()
                .map(c -> new PlannedPackage(c.shown(), planner.targets(c), others.contains(c), null, false))
                .toList();
        return new ReleasePlan(
                packages, inputs.places().stream().map(Place::shown).toList(), List.of());
    }

    /** Where an architecture-independent package was built several times, those not from the declared origin. */
    private static Collection<Candidate> notFromOrigin(List<Candidate> candidates, PlacementPolicy policy) {
        var byIdentity = new HashMap<String, List<Candidate>>();
        candidates.stream()
                .filter(Candidate::everyArch)
                .forEach(c -> byIdentity
                        .computeIfAbsent(c.nevra(), n -> new ArrayList<>())
                        .add(c));
        var others = new ArrayList<Candidate>();
        for (var same : byIdentity.values()) {
            if (same.stream().anyMatch(c -> c.taskArch().equals(policy.noarchOrigin()))) {
                same.stream()
                        .filter(c -> !c.taskArch().equals(policy.noarchOrigin()))
                        .forEach(others::add);
            }
        }
        return others;
    }

    private List<PlannedTarget> targets(Candidate candidate) {
        var targets = new LinkedHashMap<Long, PlannedTarget>();
        for (var choice : chooser.choose(candidate)) {
            members(choice.family(), candidate)
                    .forEach((place, why) -> targets.putIfAbsent(
                            place.id(),
                            new PlannedTarget(
                                    place.id(),
                                    place.name(),
                                    place.arch(),
                                    place.debug(),
                                    why.isEmpty() ? choice.reason() : why,
                                    choice.trust(),
                                    choice.evidence())));
        }
        return List.copyOf(targets.values());
    }

    /** The family's repositories for the package, each with its own reason or an empty one. */
    private Map<Place, String> members(String family, Candidate candidate) {
        var members = new LinkedHashMap<Place, String>();
        boolean debugTwin = inputs.places().stream().anyMatch(p -> p.family().equals(family) && p.debug());
        for (var place : inputs.places()) {
            boolean wantsDebug =
                    candidate.debug() && (debugTwin || place.format().equals("rpm"));
            if (place.family().equals(family)
                    && place.format().equals(candidate.format())
                    && place.debug() == wantsDebug) {
                var why = fit(place, candidate);
                if (why != null) {
                    members.put(place, why);
                }
            }
        }
        return members;
    }

    private @Nullable String fit(Place place, Candidate candidate) {
        if (candidate.source()) {
            return place.forSources() ? "" : null;
        }
        if (place.arches().contains("src")) {
            return null;
        }
        if (candidate.everyArch()) {
            return place.format().equals("rpm") ? "noarch" : "";
        }
        if (place.arches().contains(candidate.arch())) {
            return "";
        }
        boolean twin = place.arches().stream().anyMatch(wide -> Arches.runsOn(candidate.arch(), wide));
        return twin && inputs.policy().isMultilib(candidate.baseName()) ? "multilib" : null;
    }
}
