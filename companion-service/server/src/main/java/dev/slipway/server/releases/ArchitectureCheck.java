package dev.slipway.server.releases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a source was built for every architecture of the platform; reported once per source, at its source package
 * where that is released too.
 */
final class ArchitectureCheck {
    private static final String NAME = "architectures";

    private ArchitectureCheck() {}

    static void check(ReleaseChecks.Inputs inputs, Findings findings) {
        var outcomes = inputs.builds().stream()
                .collect(Collectors.toMap(o -> new Key(o.buildId(), o.source()), Function.identity(), (a, b) -> a));
        Map<Key, Planned> leads = inputs.planned().stream()
                .collect(Collectors.toMap(
                        p -> new Key(p.candidate().buildId(), p.candidate().sourceName()),
                        Function.identity(),
                        (a, b) -> b.candidate().source() ? b : a,
                        LinkedHashMap::new));
        leads.forEach((key, lead) -> {
            var outcome = outcomes.get(key);
            if (outcome != null) {
                report(lead, outcome, inputs.policy(), findings);
            }
        });
    }

    private record Key(long buildId, String source) {}

    private static void report(Planned lead, SourceOutcome outcome, CheckPolicy policy, Findings findings) {
        boolean complete = true;
        for (var arch : policy.arches()) {
            var state = outcome.arches().get(arch);
            boolean there = "succeeded".equals(state) || "excluded".equals(state);
            if (there) {
                continue;
            }
            complete = false;
            var message = outcome.source() + " in build " + outcome.buildId()
                    + (state == null ? " was not built for " + arch : " is " + state + " for " + arch);
            if (state == null || policy.weakArches().contains(arch)) {
                findings.yellow(lead, NAME, message);
            } else {
                findings.redUnlessForced(lead, NAME, message + ": restart it, or force");
            }
        }
        if (complete) {
            findings.green(lead, NAME, "built for " + String.join(", ", policy.arches()));
        }
    }
}
