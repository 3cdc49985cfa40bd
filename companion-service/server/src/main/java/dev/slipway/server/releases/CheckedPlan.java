package dev.slipway.server.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.ReleaseCheck;
import dev.slipway.api.releases.ReleasePlan;
import dev.slipway.server.http.Json;
import dev.slipway.server.repositories.ContentHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plan held against what is known now. Pure.
 *
 * @param plan with the checks of now
 * @param planned its entries that are not excluded and still exist
 */
record CheckedPlan(ReleasePlan plan, List<Planned> planned, PlanFacts facts) {

    private static final String PLAN = "plan";

    /** A plan made of the facts alone. */
    static CheckedPlan fresh(PlanFacts facts) {
        return of(
                ReleasePlanner.plan(new ReleasePlanner.Inputs(
                        facts.candidates(),
                        facts.places(),
                        facts.published(),
                        facts.reference(),
                        Policies.placement(facts.destination()))),
                facts);
    }

    /** Checks a plan; what it names and is no longer there is a red finding. */
    static CheckedPlan of(ReleasePlan plan, PlanFacts facts) {
        Map<Long, Candidate> candidates =
                facts.candidates().stream().collect(Collectors.toMap(Candidate::id, Function.identity(), (a, b) -> a));
        Map<Long, Place> places = facts.places().stream().collect(Collectors.toMap(Place::id, Function.identity()));
        List<ReleaseCheck> stale = new ArrayList<>();
        List<Planned> planned = new ArrayList<>();
        for (PlannedPackage entry : plan.packages()) {
            Candidate candidate = candidates.get(entry.pkg().id());
            if (!entry.excluded() && candidate == null) {
                stale.add(gone(entry));
            } else if (!entry.excluded() && candidate != null) {
                List<Place> targets = entry.repositories().stream()
                        .map(target -> places.get(target.id()))
                        .filter(Objects::nonNull)
                        .toList();
                planned.add(new Planned(candidate, targets, entry.force()));
            }
        }
        unplanned(plan, facts, stale);
        stale.addAll(ReleaseChecks.check(new ReleaseChecks.Inputs(
                planned,
                facts.destination().platformId(),
                Policies.checks(facts.destination()),
                facts.published(),
                facts.signatures(),
                facts.tests(),
                facts.outcomes(),
                facts.closure())));
        return new CheckedPlan(new ReleasePlan(plan.packages(), plan.repositories(), stale), planned, facts);
    }

    private static ReleaseCheck gone(PlannedPackage entry) {
        return new ReleaseCheck(
                entry.pkg().id(),
                entry.pkg().nevra(),
                PLAN,
                Findings.RED,
                false,
                "build " + entry.pkg().buildId() + " has " + entry.pkg().nevra()
                        + " in another form since the plan was made: have the plan made anew");
    }

    private static void unplanned(ReleasePlan plan, PlanFacts facts, List<ReleaseCheck> findings) {
        Set<String> known = new HashSet<>();
        plan.packages().forEach(p -> known.add(p.pkg().nevra()));
        for (Candidate candidate : facts.candidates()) {
            if (known.add(candidate.nevra())) {
                findings.add(new ReleaseCheck(
                        candidate.id(),
                        candidate.nevra(),
                        PLAN,
                        Findings.YELLOW,
                        false,
                        "build " + candidate.buildId() + " has made " + candidate.nevra()
                                + " since the plan was made: have the plan made anew to release it"));
            }
        }
    }

    boolean blocked() {
        return ReleaseChecks.blocked(plan.checks());
    }

    List<ReleaseCheck> red() {
        return plan.checks().stream()
                .filter(c -> c.state().equals(Findings.RED))
                .toList();
    }

    /** What a commit would do, by repository; those that would not change are left out unless packages are there already. */
    List<RepositoryChange> changes() {
        return RepositoryChange.of(planned, facts.published());
    }

    /** SHA-256 (hex) over what the plan decides: its packages and their places, not the checks. */
    String hash() {
        try {
            ObjectNode tree = Json.mapper().createObjectNode();
            tree.set("packages", Json.mapper().valueToTree(plan.packages()));
            return ContentHash.ofText(Json.mapper().writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is plain values", e);
        }
    }
}
