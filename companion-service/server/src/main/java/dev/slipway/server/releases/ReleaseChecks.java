package dev.slipway.server.releases;

import dev.slipway.api.releases.ReleaseCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What speaks for and against a plan, per package. Pure: the same inputs give the same findings. */
final class ReleaseChecks {

    /**
     * What is known when a plan is checked.
     *
     * @param planned the plan's entries that are not excluded
     * @param platformId the release's platform
     * @param published what the target's repositories have of the same names
     * @param signatures package id → ids of the keys that vouch for it
     * @param tests package id → how its tests went
     * @param builds per build and source, how the architectures ended
     * @param closure dependencies and what may meet them
     */
    record Inputs(
            List<Planned> planned,
            long platformId,
            CheckPolicy policy,
            List<Published> published,
            Map<Long, Set<String>> signatures,
            Map<Long, TestEvidence> tests,
            List<SourceOutcome> builds,
            Closure closure) {}

    private ReleaseChecks() {}

    static List<ReleaseCheck> check(Inputs inputs) {
        var findings = new Findings();
        for (var planned : inputs.planned()) {
            placement(planned, inputs, findings);
            SignatureCheck.check(planned, inputs, findings);
            TestsCheck.check(planned, inputs, findings);
        }
        VersionChecks.check(inputs, findings);
        ArchitectureCheck.check(inputs, findings);
        inputs.closure().check(inputs.planned(), findings);
        return findings.all();
    }

    /** Whether something stands in the way of a commit. */
    static boolean blocked(List<ReleaseCheck> checks) {
        return checks.stream().anyMatch(c -> c.state().equals(Findings.RED));
    }

    private static void placement(Planned planned, Inputs inputs, Findings findings) {
        var candidate = planned.candidate();
        if (planned.targets().isEmpty()) {
            findings.red(
                    planned,
                    "placement",
                    "no rule knows a place for " + candidate.nevra()
                            + ": add a repository to its entry, or exclude it");
        } else {
            findings.green(planned, "placement", "goes to " + planned.targets().size() + " repositories");
        }
        boolean foreign = candidate.platformId() != inputs.platformId()
                || planned.targets().stream().anyMatch(t -> t.platformId() != inputs.platformId());
        if (foreign) {
            findings.red(
                    planned, "platform", candidate.nevra() + " was built for another platform than its repositories");
        } else {
            findings.green(planned, "platform", "built for the release's platform");
        }
    }
}
