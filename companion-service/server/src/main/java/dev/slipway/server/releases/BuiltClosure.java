package dev.slipway.server.releases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a release leaves behind what its packages need of other packages built here: those of its own builds that are
 * excluded, and those of builds that were linked to them. What nothing built here provides is taken to come from the
 * platform's other repositories, whose contents this service does not know.
 */
final class BuiltClosure implements Closure {
    private static final String NAME = "closure";

    private final Map<Long, Dependencies> dependencies;
    private final List<Supplier> suppliers;
    private final Set<String> published;

    /** A package built here. */
    record Supplier(long packageId, String nevra, long buildId, Set<String> provides) {}

    /**
     * @param dependencies of the release's candidates, by package id
     * @param suppliers packages of its builds and of those linked to them
     * @param published what packages of the suppliers' names in the distribution's repositories provide now
     */
    BuiltClosure(Map<Long, Dependencies> dependencies, List<Supplier> suppliers, Set<String> published) {
        this.dependencies = Map.copyOf(dependencies);
        this.suppliers = List.copyOf(suppliers);
        this.published = Set.copyOf(published);
    }

    @Override
    public void check(List<Planned> planned, Findings findings) {
        Set<Long> released = planned.stream().map(p -> p.candidate().id()).collect(Collectors.toSet());
        Set<String> there = new HashSet<>(published);
        released.forEach(id -> there.addAll(of(id).provides()));
        Map<String, Supplier> left = new HashMap<>();
        suppliers.stream()
                .filter(s -> !released.contains(s.packageId()))
                .forEach(s -> s.provides().forEach(name -> left.putIfAbsent(name, s)));
        for (Planned each : planned) {
            if (!each.candidate().source() && !each.candidate().debug()) {
                check(each, there, left, findings);
            }
        }
    }

    private void check(Planned planned, Set<String> there, Map<String, Supplier> left, Findings findings) {
        List<String> missing = new ArrayList<>();
        for (List<String> choice : of(planned.candidate().id()).needs()) {
            if (choice.stream().noneMatch(there::contains)) {
                choice.stream()
                        .filter(left::containsKey)
                        .findFirst()
                        .ifPresent(name -> missing.add(name + " of " + described(left, name)));
            }
        }
        if (missing.isEmpty()) {
            findings.green(planned, NAME, "what it needs of packages built here is released");
        } else {
            findings.redUnlessForced(
                    planned,
                    NAME,
                    planned.candidate().nevra() + " needs "
                            + missing.stream().distinct().collect(Collectors.joining(", "))
                            + ", which is not released: release that too, or force");
        }
    }

    private static String described(Map<String, Supplier> left, String name) {
        Supplier supplier = left.get(name);
        return supplier == null ? "" : supplier.nevra() + " (build " + supplier.buildId() + ")";
    }

    private Dependencies of(long packageId) {
        return dependencies.getOrDefault(packageId, new Dependencies(List.of(), Set.of()));
    }
}
