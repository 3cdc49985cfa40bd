package dev.slipway.server.releases;

import static dev.slipway.server.releases.Sample.family;
import static dev.slipway.server.releases.Sample.in;
import static dev.slipway.server.releases.Sample.published;
import static dev.slipway.server.releases.Sample.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.releases.PlannedPackage;
import dev.slipway.api.releases.PlannedTarget;
import dev.slipway.server.releases.PlacementPolicy.Rule;
import dev.slipway.server.repositories.NameGlob;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReleasePlannerTest {
    private final List<Place> base = family("base", "i686", "x86_64", "aarch64");
    private final List<Place> extras = family("extras", "i686", "x86_64", "aarch64");
    private final List<Place> both =
            Stream.concat(base.stream(), extras.stream()).toList();

    private static PlannedPackage plan(Candidate of, ReleasePlanner.Inputs inputs) {
        return ReleasePlanner.plan(inputs).packages().stream()
                .filter(p -> p.pkg().id() == of.id())
                .findFirst()
                .orElseThrow();
    }

    private ReleasePlanner.Inputs inputs(List<Published> history, PlacementPolicy policy, Candidate... candidates) {
        return new ReleasePlanner.Inputs(List.of(candidates), both, history, List.of(), policy);
    }

    private static List<String> places(PlannedPackage entry) {
        return entry.repositories().stream()
                .map(t -> t.name() + "/" + t.arch() + (t.debug() ? "+debug" : ""))
                .toList();
    }

    private static PlannedTarget target(PlannedPackage entry) {
        assertThat(entry.repositories()).hasSize(1);
        return entry.repositories().get(0);
    }

    @Test
    void followsOwnHistoryOfTheSameNameAndArchitectureFamily() {
        var tool = rpm("tool", "x86_64", "tool");
        var before = published(rpm("tool", "i686", "tool"), in(both, "extras", "i686", false), "0.9", null);

        var target = target(plan(tool, inputs(List.of(before), PlacementPolicy.NONE, tool)));

        assertThat(target.name()).isEqualTo("extras");
        assertThat(target.arch()).isEqualTo("x86_64");
        assertThat(target.reason()).isEqualTo("history");
        assertThat(target.trust()).isEqualTo(1);
        assertThat(target.evidence()).contains("tool-0.9-1.i686");
    }

    @Test
    void trustsTheHistoryOfAnotherArchitectureFamilyLess() {
        var tool = rpm("tool", "aarch64", "tool");
        var before = published(rpm("tool", "x86_64", "tool"), in(both, "extras", "x86_64", false), "0.9", null);

        var target = target(plan(tool, inputs(List.of(before), PlacementPolicy.NONE, tool)));

        assertThat(target.arch()).isEqualTo("aarch64");
        assertThat(target.trust()).isEqualTo(2);
    }

    @Test
    void prefersHistoryToARule() {
        var tool = rpm("tool", "x86_64", "tool");
        var before = published(tool, in(both, "base", "x86_64", false), "0.9", null);
        var policy = rules(new Rule(new NameGlob("to*"), false, "extras"));

        assertThat(places(plan(tool, inputs(List.of(before), policy, tool)))).containsExactly("base/x86_64");
    }

    @Test
    void followsTheFirstRuleThatMatches() {
        var tool = rpm("tool-libs", "x86_64", "tool");
        var policy = rules(
                new Rule(new NameGlob("other*"), false, "base"),
                new Rule(new NameGlob("tool"), true, "extras"),
                new Rule(new NameGlob("*"), false, "base"));

        var target = target(plan(tool, inputs(List.of(), policy, tool)));

        assertThat(target.name()).isEqualTo("extras");
        assertThat(target.reason()).isEqualTo("rule");
    }

    @Test
    void asksTheReferencePlatformWhereNothingElseIsKnown() {
        var tool = rpm("tool", "x86_64", "tool");
        var reference = published(tool, in(both, "extras", "x86_64", false), "1.0", null);
        var inputs =
                new ReleasePlanner.Inputs(List.of(tool), both, List.of(), List.of(reference), PlacementPolicy.NONE);

        var target = target(plan(tool, inputs));

        assertThat(target.name()).isEqualTo("extras");
        assertThat(target.reason()).isEqualTo("reference");
        assertThat(target.trust()).isEqualTo(2);
    }

    @Test
    void sendsDebugPackagesToTheDebugTwinOfTheirProgram() {
        var tool = rpm("tool", "x86_64", "tool");
        var debuginfo = rpm("tool-debuginfo", "x86_64", "tool");
        var debugsource = rpm("tool-debugsource", "x86_64", "tool");
        var before = published(tool, in(both, "extras", "x86_64", false), "0.9", null);
        var inputs = inputs(List.of(before), PlacementPolicy.NONE, tool, debuginfo, debugsource);

        assertThat(places(plan(debuginfo, inputs))).containsExactly("extras/x86_64+debug");
        assertThat(places(plan(debugsource, inputs))).containsExactly("extras/x86_64+debug");
        assertThat(target(plan(debuginfo, inputs)).reason()).isEqualTo("debug");
    }

    @Test
    void sendsSourcesWhereTheirBinariesGo() {
        var tool = rpm("tool", "x86_64", "tool");
        var source = rpm("tool", "src", "tool");
        var before = published(tool, in(both, "extras", "x86_64", false), "0.9", null);

        var target = target(plan(source, inputs(List.of(before), PlacementPolicy.NONE, source, tool)));

        assertThat(target.name() + "/" + target.arch()).isEqualTo("extras/src");
        assertThat(target.reason()).isEqualTo("source");
    }

    @Test
    void sendsNoarchPackagesToEveryArchitecture() {
        var docs = rpm("tool-docs", "noarch", "tool");
        var policy = rules(new Rule(new NameGlob("tool*"), false, "base"));

        var entry = plan(docs, inputs(List.of(), policy, docs));

        assertThat(places(entry)).containsExactlyInAnyOrder("base/i686", "base/x86_64", "base/aarch64");
        assertThat(entry.repositories()).extracting(PlannedTarget::reason).containsOnly("noarch");
    }

    // 46
    @Test
    void takesNoarchPackagesFromTheDeclaredOrigin() {
        var trusted = rpm("tool-docs", "noarch", "tool", "1.0", "x86_64");
        var other = rpm("tool-docs", "noarch", "tool", "1.0", "aarch64");
        var policy = new PlacementPolicy(List.of(), List.of(), Map.of(), "x86_64", "base");
        var inputs = inputs(List.of(), policy, trusted, other);

        assertThat(plan(trusted, inputs).excluded()).isFalse();
        assertThat(plan(other, inputs).excluded()).isTrue();
    }

    @Test
    void copiesTheStrongArchitecturesPlaceForAWeakOne() {
        var strong = rpm("tool", "aarch64", "tool");
        var weak = rpm("tool", "i686", "tool");
        var policy = new PlacementPolicy(List.of(), List.of(), Map.of("i686", "aarch64"), null, null);
        var before = published(rpm("tool-libs", "aarch64", "tool"), in(both, "extras", "aarch64", false), "1", null);

        var target = target(plan(weak, inputs(List.of(before), policy, strong, weak)));

        assertThat(target.name() + "/" + target.arch()).isEqualTo("extras/i686");
        assertThat(target.reason()).isEqualTo("weak-arch");
        assertThat(target.trust()).isEqualTo(2);
    }

    @Test
    void endsWhenWeakArchitecturesDependOnEachOther() {
        var one = rpm("tool", "i686", "tool");
        var two = rpm("tool", "aarch64", "tool");
        var policy =
                new PlacementPolicy(List.of(), List.of(), Map.of("i686", "aarch64", "aarch64", "i686"), null, null);

        assertThat(plan(one, inputs(List.of(), policy, one, two)).repositories())
                .isEmpty();
    }

    @Test
    void sendsMultilibPackagesToTheWiderArchitectureToo() {
        var libs = rpm("tool-libs", "i686", "tool");
        var policy = new PlacementPolicy(List.of(), List.of(new NameGlob("*-libs")), Map.of(), null, "base");

        assertThat(places(plan(libs, inputs(List.of(), policy, libs))))
                .containsExactlyInAnyOrder("base/i686", "base/x86_64");
    }

    @Test
    void keepsOtherPackagesOutOfTheWiderArchitecture() {
        var tool = rpm("tool", "i686", "tool");
        var policy = new PlacementPolicy(List.of(), List.of(new NameGlob("*-libs")), Map.of(), null, "base");

        assertThat(places(plan(tool, inputs(List.of(), policy, tool)))).containsExactly("base/i686");
    }

    @Test
    void placesANewSubpackageBesideItsSiblings() {
        var fresh = rpm("tool-plugin", "x86_64", "tool");
        var before = published(rpm("tool", "x86_64", "tool"), in(both, "extras", "x86_64", false), "0.9", null);

        var target = target(plan(fresh, inputs(List.of(before), PlacementPolicy.NONE, fresh)));

        assertThat(target.name()).isEqualTo("extras");
        assertThat(target.trust()).isEqualTo(2);
    }

    @Test
    void placesNothingWithoutEvidenceAmongSeveralFamilies() {
        var tool = rpm("tool", "x86_64", "tool");

        assertThat(plan(tool, inputs(List.of(), PlacementPolicy.NONE, tool)).repositories())
                .isEmpty();
    }

    @Test
    void usesTheDeclaredDefaultWithoutTrust() {
        var tool = rpm("tool", "x86_64", "tool");
        var policy = new PlacementPolicy(List.of(), List.of(), Map.of(), null, "base");

        var target = target(plan(tool, inputs(List.of(), policy, tool)));

        assertThat(target.reason()).isEqualTo("default");
        assertThat(target.trust()).isZero();
    }

    @Test
    void isSureOfTheOnlyFamily() {
        var tool = rpm("tool", "x86_64", "tool");
        var inputs = new ReleasePlanner.Inputs(List.of(tool), base, List.of(), List.of(), PlacementPolicy.NONE);

        assertThat(target(plan(tool, inputs)).trust()).isEqualTo(1);
    }

    @Test
    void listsAPackageThatTwoTasksBroughtOnce() {
        var tool = rpm("tool-docs", "noarch", "tool");

        assertThat(ReleasePlanner.plan(inputs(List.of(), PlacementPolicy.NONE, tool, tool))
                        .packages())
                .hasSize(1);
    }

    // 96
    @Test
    void sendsEveryDebianPackageToTheSuitesRepository() {
        var place = Sample.place("trixie", "deb", "amd64,arm64");
        var tool = Sample.deb("tool", "arm64", "tool");
        var docs = Sample.deb("tool-doc", "all", "tool");
        var source = Sample.deb("tool", "source", "tool");
        var symbols = Sample.deb("tool-dbgsym", "amd64", "tool");
        var inputs = new ReleasePlanner.Inputs(
                List.of(tool, docs, source, symbols), List.of(place), List.of(), List.of(), PlacementPolicy.NONE);

        for (var candidate : List.of(tool, docs, source, symbols)) {
            assertThat(target(plan(candidate, inputs)).id()).isEqualTo(place.id());
        }
    }

    @Test
    void hasNoPlaceForAnArchitectureThatTheTargetLacks() {
        var tool = rpm("tool", "s390x", "tool");
        var inputs = new ReleasePlanner.Inputs(List.of(tool), base, List.of(), List.of(), PlacementPolicy.NONE);

        assertThat(plan(tool, inputs).repositories()).isEmpty();
    }

    private static PlacementPolicy rules(Rule... rules) {
        return new PlacementPolicy(List.of(rules), List.of(), Map.of(), null, null);
    }
}
