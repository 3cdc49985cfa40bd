package dev.slipway.server.releases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the families of repositories a package goes to. The order of evidence: our own published history of the
 * name, declared rules, the reference platform, the package it belongs to (debug information to its program, sources
 * to their binaries, a weak architecture to its strong one), packages of the same source, the only or default family.
 */
final class FamilyChooser {
    private final PlacementPolicy policy;
    private final Set<String> families;
    private final Map<String, List<Published>> historyByName;
    private final Map<String, List<Published>> historyBySource;
    private final Map<String, List<Published>> referenceByName;
    private final Map<String, List<Candidate>> candidatesByName;
    private final Map<String, List<Candidate>> binariesBySource;
    private final Map<Long, List<FamilyChoice>> chosen = new HashMap<>();

    FamilyChooser(ReleasePlanner.Inputs inputs, List<Candidate> candidates) {
        policy = inputs.policy();
        families = inputs.places().stream().map(Place::family).collect(Collectors.toCollection(TreeSet::new));
        historyByName = inputs.history().stream().collect(Collectors.groupingBy(Published::name));
        historyBySource = inputs.history().stream().collect(Collectors.groupingBy(Published::sourceName));
        referenceByName = inputs.reference().stream().collect(Collectors.groupingBy(Published::name));
        candidatesByName = candidates.stream().collect(Collectors.groupingBy(Candidate::name));
        binariesBySource = candidates.stream()
                .filter(c -> !c.source() && !c.debug())
                .collect(Collectors.groupingBy(Candidate::sourceName));
    }

    /** Empty when there is no evidence and no default. */
    List<FamilyChoice> choose(Candidate candidate) {
        var known = chosen.get(candidate.id());
        if (known == null) {
            chosen.put(candidate.id(), List.of()); // ends a circle of weak architectures
            known = decide(candidate);
            chosen.put(candidate.id(), known);
        }
        return known;
    }

    private List<FamilyChoice> decide(Candidate candidate) {
        var byHistory = history(candidate);
        if (!byHistory.isEmpty()) {
            return byHistory;
        }
        var rule = rule(candidate);
        if (rule != null) {
            return List.of(rule);
        }
        var byReference = reference(candidate);
        if (!byReference.isEmpty()) {
            return byReference;
        }
        var byRelation = relation(candidate);
        return byRelation.isEmpty() ? fallback(candidate) : byRelation;
    }

    private List<FamilyChoice> history(Candidate candidate) {
        var named = historyByName.getOrDefault(candidate.name(), List.of());
        return collect(named, p -> p.source() == candidate.source(), p -> {
            boolean exact = Arches.family(p.arch()).equals(Arches.family(candidate.arch()));
            return new FamilyChoice(
                    p.place().family(), "history", exact ? 1 : 2, p.nevra() + " is in " + inWords(p.place()));
        });
    }

    private @Nullable FamilyChoice rule(Candidate candidate) {
        return policy.rules().stream()
                .filter(rule -> rule.matches(candidate) && families.contains(rule.family()))
                .findFirst()
                .map(rule -> new FamilyChoice(
                        rule.family(), "rule", 1, "a rule sends " + rule.names().pattern() + " to " + rule.family()))
                .orElse(null);
    }

    private List<FamilyChoice> reference(Candidate candidate) {
        return collect(
                referenceByName.getOrDefault(candidate.name(), List.of()),
                p -> p.source() == candidate.source()
                        && families.contains(p.place().family()),
                p -> new FamilyChoice(
                        p.place().family(),
                        "reference",
                        2,
                        "the reference platform has " + p.nevra() + " in " + inWords(p.place())));
    }

    private List<FamilyChoice> relation(Candidate candidate) {
        if (candidate.debug()) {
            return parent(candidate).stream()
                    .map(c -> c.because("debug", 1, c.evidence()))
                    .toList();
        }
        if (candidate.source()) {
            return binariesBySource.getOrDefault(candidate.sourceName(), List.of()).stream()
                    .flatMap(binary -> choose(binary).stream()
                            .map(c -> c.because("source", 1, binary.name() + " goes to " + c.family())))
                    .collect(distinctFamilies());
        }
        var strong = strongTwin(candidate);
        if (strong != null) {
            return choose(strong).stream()
                    .map(c -> c.because("weak-arch", 2, "as " + strong.nevra()))
                    .toList();
        }
        return collect(
                historyBySource.getOrDefault(candidate.sourceName(), List.of()),
                p -> !p.debug() && !p.name().equals(candidate.name()),
                p -> new FamilyChoice(
                        p.place().family(),
                        "history",
                        2,
                        p.nevra() + " of the same source is in " + inWords(p.place())));
    }

    /** What decides for a debug package: the program of its name, else any program of its source. */
    private List<FamilyChoice> parent(Candidate debug) {
        var named = candidatesByName.getOrDefault(debug.baseName(), List.of()).stream()
                .filter(c -> !c.source() && !c.debug())
                .toList();
        var parents = named.isEmpty() ? binariesBySource.getOrDefault(debug.sourceName(), List.of()) : named;
        return parents.stream()
                .flatMap(p -> choose(p).stream()
                        .map(c -> new FamilyChoice(
                                c.family(), c.reason(), c.trust(), p.name() + " goes to " + c.family())))
                .collect(distinctFamilies());
    }

    private @Nullable Candidate strongTwin(Candidate weak) {
        var strongArch = policy.weakArches().get(weak.arch());
        return strongArch == null
                ? null
                : candidatesByName.getOrDefault(weak.name(), List.of()).stream()
                        .filter(c -> !c.source() && c.arch().equals(strongArch))
                        .findFirst()
                        .orElse(null);
    }

    private List<FamilyChoice> fallback(Candidate candidate) {
        if (families.size() == 1) {
            var only = families.iterator().next();
            return List.of(new FamilyChoice(only, "default", 1, only + " is the only place"));
        }
        var family = policy.defaultFamily();
        return family == null || !families.contains(family)
                ? List.of()
                : List.of(new FamilyChoice(
                        family, "default", 0, "nothing is known of " + candidate.name() + ": the default place"));
    }

    private static List<FamilyChoice> collect(
            List<Published> evidence, Predicate<Published> counts, Function<Published, FamilyChoice> choice) {
        return evidence.stream().filter(counts).map(choice).collect(distinctFamilies());
    }

    /** One choice per family, the most trusted; evidence of likely places is dropped where there are sure ones. */
    private static Collector<FamilyChoice, ?, List<FamilyChoice>> distinctFamilies() {
        return Collectors.collectingAndThen(Collectors.toList(), choices -> {
            boolean sure = choices.stream().anyMatch(c -> c.trust() == 1);
            var best = new LinkedHashMap<String, FamilyChoice>();
            choices.stream().filter(c -> !sure || c.trust() == 1).forEach(c -> best.putIfAbsent(c.family(), c));
            return new ArrayList<>(best.values());
        });
    }

    private static String inWords(Place place) {
        return place.name() + " (" + place.arch() + (place.debug() ? ", debug)" : ")");
    }
}
