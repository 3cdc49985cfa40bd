package dev.slipway.server.releases;

import static dev.slipway.server.releases.Sample.family;
import static dev.slipway.server.releases.Sample.in;
import static dev.slipway.server.releases.Sample.published;
import static dev.slipway.server.releases.Sample.rpm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.releases.ReleaseCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseChecksTest {
    private static final String KEY = "0123456789ABCDEF";
    private final List<Place> base = family("base", "x86_64", "aarch64");
    private final Place x86 = in(base, "base", "x86_64", false);
    private final Candidate tool = rpm("tool", "x86_64", "tool");

    private final Inputs given = new Inputs();

    /** Good in every respect until a test says otherwise. */
    private final class Inputs {
        private CheckPolicy policy = new CheckPolicy(true, Set.of(KEY), false, Set.of(), List.of("x86_64", "aarch64"));
        private List<Published> published = List.of();
        private Map<Long, Set<String>> signatures = Map.of(tool.id(), Set.of(KEY));
        private Map<Long, TestEvidence> tests =
                Map.of(tool.id(), new TestEvidence(TestEvidence.Verdict.PASSED, "3 passed"));
        private List<SourceOutcome> builds = List.of();
        private long platform = Sample.PLATFORM;

        ReleaseCheck check(String name, Planned... planned) {
            return checks(planned).stream()
                    .filter(c -> c.check().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        List<ReleaseCheck> checks(Planned... planned) {
            return ReleaseChecks.check(new ReleaseChecks.Inputs(
                    Arrays.asList(planned),
                    platform,
                    policy,
                    published,
                    signatures,
                    tests,
                    builds,
                    (all, findings) -> {}));
        }
    }

    private Planned planned(@Nullable String force) {
        return new Planned(tool, List.of(x86), force);
    }

    @Test
    void findsNothingAgainstAGoodPackage() {
        assertThat(given.checks(planned(null))).extracting(ReleaseCheck::state).containsOnly("green");
    }

    // acceptance case 87
    // 87
    @Test
    void refusesAnUnsignedPackageWhateverItsForce() {
        given.signatures = Map.of();

        var check = given.check("signature", planned("we are in a hurry"));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.message()).contains("not signed").contains("build 5");
    }

    // 63
    @Test
    void refusesAPackageSignedByAnotherKey() {
        given.signatures = Map.of(tool.id(), Set.of("FEDCBA9876543210"));

        assertThat(given.check("signature", planned("why not")).state()).isEqualTo("red");
    }

    @Test
    void onlyWarnsOfUnsignedPackagesWhereTheDistributionAllowsThem() {
        given.signatures = Map.of();
        given.policy = new CheckPolicy(false, Set.of(), false, Set.of(), List.of());

        assertThat(given.check("signature", planned(null)).state()).isEqualTo("yellow");
    }

    @Test
    void refusesAPackageWhoseTestsFailed() {
        given.tests = Map.of(tool.id(), new TestEvidence(TestEvidence.Verdict.FAILED, "counts failed"));

        var check = given.check("tests", planned(null));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.forceable()).isTrue();
    }

    // acceptance case 72
    // 72
    @Test
    void refusesAnUntestedPackageWhereTestsAreRequired() {
        given.tests = Map.of();
        given.policy = new CheckPolicy(true, Set.of(KEY), true, Set.of(), List.of());

        assertThat(given.check("tests", planned(null)).state()).isEqualTo("red");
    }

    @Test
    void onlyWarnsOfAnUntestedPackageElsewhere() {
        given.tests = Map.of();

        assertThat(given.check("tests", planned(null)).state()).isEqualTo("yellow");
    }

    // acceptance case 83
    // 83
    @Test
    void refusesALowerVersionThanThePublishedOne() {
        given.published = List.of(published(tool, x86, "1.10", null));

        var check = given.check("downgrade", planned(null));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.message()).contains("1.10-1");
    }

    // acceptance case 93
    // 93
    @Test
    void comparesVersionsAsVersionsNotAsText() {
        given.published = List.of(published(tool, x86, "0.9", null));

        assertThat(given.check("downgrade", planned(null)).state()).isEqualTo("green");
    }

    // 83, 96
    @Test
    void comparesDebianVersionsByDebiansRules() {
        assertThat(new Evr("deb", null, "1.0~rc1-1", null)).isLessThan(new Evr("deb", null, "1.0-1", null));
        assertThat(new Evr("deb", 1, "0.1-1", null)).isGreaterThan(new Evr("deb", null, "9-1", null));
    }

    @Test
    void seesThatALowerEpochIsADowngrade() {
        given.published = List.of(published(tool, x86, "0.1", 1));

        assertThat(given.check("downgrade", planned(null)).state()).isEqualTo("red");
    }

    // acceptance case 83
    // 83
    @Test
    void letsAForcedDowngradePassAndKeepsTheReason() {
        given.published = List.of(published(tool, x86, "1.10", null));

        var check = given.check("downgrade", planned("1.10 eats files"));

        assertThat(check.state()).isEqualTo("forced");
        assertThat(check.message()).contains("1.10 eats files");
    }

    @Test
    void doesNotCompareWithRepositoriesThePackageDoesNotGoTo() {
        given.published = List.of(published(tool, in(base, "base", "aarch64", false), "1.10", null));

        assertThat(given.check("downgrade", planned(null)).state()).isEqualTo("green");
    }

    // acceptance case 82
    // 82
    @Test
    void refusesTheSameVersionWithOtherContents() {
        given.published = List.of(published(tool, x86, tool.version(), null));

        assertThat(given.check("same-nevra", planned(null)).state()).isEqualTo("red");
    }

    // 82
    @Test
    void acceptsTheSameBytesAgain() {
        given.published = List.of(published(tool, x86));

        var check = given.check("same-nevra", planned(null));

        assertThat(check.state()).isEqualTo("green");
        assertThat(check.message()).contains("byte for byte");
    }

    // acceptance case 81
    // 81
    @Test
    void refusesAPackageThatIsPresentElsewhereAndNamesTheRepository() {
        var elsewhere = Sample.place("extras", "rpm", "x86_64");
        given.published = List.of(published(tool, elsewhere));

        var check = given.check("same-nevra", planned(null));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.message()).contains("extras");
    }

    // 45
    @Test
    void refusesOneIdentityWithDifferentBytesInOneRelease() {
        var one = rpm("tool-docs", "noarch", "tool", "1.0", "x86_64");
        var two = rpm("tool-docs", "noarch", "tool", "1.0", "aarch64");

        var check = given.check(
                "same-nevra", new Planned(one, List.of(x86), "force"), new Planned(two, List.of(x86), "force"));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.message()).contains("x86_64").contains("aarch64");
    }

    // acceptance case 85
    // 85
    @Test
    void refusesAPackageBuiltForAnotherPlatform() {
        given.platform = 10;

        assertThat(given.check("platform", planned("please")).state()).isEqualTo("red");
    }

    @Test
    void refusesAPackageWithoutAPlace() {
        assertThat(given.check("placement", new Planned(tool, List.of(), "please"))
                        .state())
                .isEqualTo("red");
    }

    @Test
    void refusesASourceThatFailedForAnArchitecture() {
        given.builds = List.of(new SourceOutcome(5, "tool", Map.of("x86_64", "succeeded", "aarch64", "failed")));

        var check = given.check("architectures", planned(null));

        assertThat(check.state()).isEqualTo("red");
        assertThat(check.message()).contains("aarch64");
    }

    @Test
    void acceptsAnExcludedArchitecture() {
        given.builds = List.of(new SourceOutcome(5, "tool", Map.of("x86_64", "succeeded", "aarch64", "excluded")));

        assertThat(given.check("architectures", planned(null)).state()).isEqualTo("green");
    }

    @Test
    void onlyWarnsWhenAWeakArchitectureFailed() {
        given.policy = new CheckPolicy(true, Set.of(KEY), false, Set.of("aarch64"), List.of("x86_64", "aarch64"));
        given.builds = List.of(new SourceOutcome(5, "tool", Map.of("x86_64", "succeeded", "aarch64", "failed")));

        assertThat(given.check("architectures", planned(null)).state()).isEqualTo("yellow");
    }

    @Test
    void onlyRedChecksBlock() {
        given.tests = Map.of();
        var warned = given.checks(planned(null));
        given.signatures = Map.of();
        var blocked = given.checks(planned(null));

        assertThat(ReleaseChecks.blocked(warned)).isFalse();
        assertThat(ReleaseChecks.blocked(blocked)).isTrue();
    }
}
