package dev.slipway.server.releases;

import static dev.slipway.server.releases.Sample.family;
import static dev.slipway.server.releases.Sample.in;
import static dev.slipway.server.releases.Sample.rpm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.releases.PlanOperation;
import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.api.releases.ReleasePackage;
import dev.slipway.api.releases.ReleasePlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanOperationsTest {
    private final List<Place> places = Stream.concat(
                    family("base", "x86_64").stream(), family("extras", "x86_64").stream())
            .toList();
    private final Place base = in(places, "base", "x86_64", false);
    private final Place extras = in(places, "extras", "x86_64", false);
    private final Candidate tool = rpm("tool", "x86_64", "tool");
    private final Candidate other = rpm("other", "x86_64", "other");
    private final ReleasePlan plan = ReleasePlanner.plan(new ReleasePlanner.Inputs(
            List.of(tool, other),
            places,
            List.of(),
            List.of(),
            new PlacementPolicy(List.of(), List.of(), Map.of(), null, "base")));

    private PlanOperation op(String op, @Nullable Long repository, @Nullable String reason) {
        return new PlanOperation(op, tool.id(), repository, null, reason);
    }

    private ReleasePlan apply(PlanOperation... operations) {
        return PlanOperations.apply(plan, List.of(operations), "alice");
    }

    private static PlannedPackage entry(ReleasePlan plan, Candidate candidate) {
        return plan.packages().stream()
                .filter(p -> p.pkg().id() == candidate.id())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void movesAPackageAndSaysWhoDidIt() {
        var entry = entry(apply(op("move", extras.id(), null)), tool);

        assertThat(entry.repositories()).hasSize(1);
        assertThat(entry.repositories().get(0).id()).isEqualTo(extras.id());
        assertThat(entry.repositories().get(0).evidence()).contains("alice");
        assertThat(entry.edited()).isTrue();
    }

    @Test
    void leavesOtherEntriesAsTheyWere() {
        assertThat(entry(apply(op("move", extras.id(), null)), other)).isEqualTo(entry(plan, other));
    }

    @Test
    void addsARepositoryOnce() {
        var twice = apply(op("add-repository", extras.id(), null), op("add-repository", extras.id(), null));

        assertThat(entry(twice, tool).repositories())
                .extracting(PlannedTarget::id)
                .containsExactly(base.id(), extras.id());
    }

    @Test
    void refusesARepositoryOfAnotherDistribution() {
        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> apply(op("add-repository", 4711L, null)))
                .withMessageContaining("4711")
                .satisfies(e -> assertThat(e.pointer()).isEqualTo("/operations/0/repository_id"));
    }

    // acceptance case 79
    // 79
    @Test
    void refusesAPackageOfAnotherBuild() {
        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> apply(new PlanOperation("exclude", 4711L, null, null, null)))
                .withMessageContaining("4711");
    }

    @Test
    void refusesAnUnknownOperationAndNamesTheKnown() {
        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> apply(op("explode", null, null)))
                .withMessageContaining("explode")
                .withMessageContaining("exclude");
    }

    // 83
    @Test
    void asksForAReasonToForce() {
        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> apply(op("force", null, " ")))
                .withMessageContaining("say why");
    }

    @Test
    void keepsTheReasonOfAForce() {
        assertThat(entry(apply(op("force", null, "known fault")), tool).force()).isEqualTo("known fault");
    }

    @Test
    void includesWhatWasExcluded() {
        var excluded = apply(op("exclude", null, null));

        assertThat(entry(excluded, tool).excluded()).isTrue();
        assertThat(entry(PlanOperations.apply(excluded, List.of(op("include", null, null)), "bob"), tool)
                        .excluded())
                .isFalse();
    }

    @Test
    void refusesToRemoveAPackageFromWhereItDoesNotGo() {
        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> apply(op("remove-repository", extras.id(), null)));
    }

    @Test
    void findsNoDifferenceBetweenAPlanAndItself() {
        assertThat(PlanOperations.difference(plan, plan)).isEmpty();
    }

    @Test
    void turnsAChangedPlanIntoOperationsThatMakeIt() {
        var wanted = apply(
                op("move", extras.id(), null),
                op("force", null, "why"),
                new PlanOperation("exclude", other.id(), null, null, null));

        var again = PlanOperations.apply(plan, PlanOperations.difference(plan, wanted), "bob");

        assertThat(entry(again, tool).repositories())
                .extracting(PlannedTarget::id)
                .containsExactly(extras.id());
        assertThat(entry(again, tool).force()).isEqualTo("why");
        assertThat(entry(again, other).excluded()).isTrue();
    }

    @Test
    void excludesWhatAPlanLeavesOut() {
        var shorter = new ReleasePlan(List.of(entry(plan, other)), plan.repositories(), List.of());

        assertThat(PlanOperations.difference(plan, shorter))
                .containsExactly(new PlanOperation("exclude", tool.id(), null, null, null));
    }

    // acceptance case 79
    // 79
    @Test
    void refusesAPlanWithForeignContent() {
        var foreign = new ReleasePlan(
                List.of(new PlannedPackage(rpm("evil", "x86_64", "evil").shown(), List.of(), false, null, false)),
                List.of(),
                List.of());

        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> PlanOperations.difference(plan, foreign));
    }

    // 79
    @Test
    void refusesAPlanThatGivesAPackageOtherBytes() {
        var own = entry(plan, tool);
        var p = own.pkg();
        var lie = new ReleasePackage(
                p.id(),
                p.name(),
                p.epoch(),
                p.version(),
                p.release(),
                p.arch(),
                p.nevra(),
                "f00",
                p.buildId(),
                p.source(),
                p.taskArch());
        var wanted = new ReleasePlan(
                List.of(new PlannedPackage(lie, own.repositories(), false, null, false)), List.of(), List.of());

        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> PlanOperations.difference(plan, wanted))
                .withMessageContaining(p.nevra());
    }

    @Test
    void refusesAPlanWhoseRepositoryIdAndNameDisagree() {
        var own = entry(plan, tool);
        var target = new PlannedTarget(extras.id(), "base", "x86_64", false, null, null, null);
        var wanted = new ReleasePlan(
                List.of(new PlannedPackage(own.pkg(), List.of(target), false, null, false)), List.of(), List.of());

        assertThatExceptionOfType(PlanRefusedException.class)
                .isThrownBy(() -> PlanOperations.difference(plan, wanted))
                .withMessageContaining("extras");
    }

    // acceptance case 80
    // 80
    @Test
    void carriesEditsOverToAPlanMadeAnew() {
        var edited = apply(op("move", extras.id(), null), op("force", null, "why"));

        var kept = PlanOperations.keepEdits(edited, plan);

        assertThat(entry(kept, tool)).isEqualTo(entry(edited, tool));
        assertThat(entry(kept, other)).isEqualTo(entry(plan, other));
    }
}
