package dev.slipway.server.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.server.builds.BuildPlan.PlannedPlatform;
import dev.slipway.server.builds.BuildPlan.PlannedSource;
import dev.slipway.server.builds.BuildPlan.PlannedTask;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuildPlannerTest {
    // acceptance case 17
    @Test
    void makesOneSourceTaskAndOneTaskPerArchitecture() {
        BuildPlan plan = plan(1, rpm(false, "i686", "x86_64"));

        assertThat(lines(plan)).containsExactly("0 src []", "0 i686 [0]", "0 x86_64 [0]");
    }

    // acceptance case 18
    @Test
    void makesSourceTasksPerPlatform() {
        BuildPlan plan = plan(1, rpm(false, "x86_64", "aarch64"), deb(false, "amd64", "arm64"));

        assertThat(lines(plan))
                .containsExactly(
                        "0 src []", "0 x86_64 [0]", "0 aarch64 [0]", "0 src []", "0 amd64+all [3]", "0 arm64 [3]");
    }

    // acceptance case 25
    @Test
    void chainsSourcesPerArchitectureWithoutHoldingBackSourcePackages() {
        BuildPlan plan = plan(3, rpm(false, "x86_64", "aarch64"));

        assertThat(lines(plan))
                .containsExactly(
                        "0 src []",
                        "0 x86_64 [0]",
                        "0 aarch64 [0]",
                        "1 src []",
                        "1 x86_64 [3, 1]",
                        "1 aarch64 [3, 2]",
                        "2 src []",
                        "2 x86_64 [6, 4]",
                        "2 aarch64 [6, 5]");
    }

    @Test
    void aDebianArchitectureWaitsForTheOneThatMakesArchitectureAll() {
        BuildPlan plan = plan(2, deb(false, "amd64", "arm64"));

        assertThat(lines(plan))
                .containsExactly(
                        "0 src []",
                        "0 amd64+all [0]",
                        "0 arm64 [0]",
                        "1 src []",
                        "1 amd64+all [3, 1]",
                        "1 arm64 [3, 1, 2]");
    }

    // acceptance case 25
    @Test
    void independentSourcesWaitOnlyForTheirOwnSourcePackage() {
        BuildPlan plan = plan(2, rpm(true, "x86_64"));

        assertThat(lines(plan)).containsExactly("0 src []", "0 x86_64 [0]", "1 src []", "1 x86_64 [2]");
    }

    // acceptance case 25
    @Test
    void independentSourcesWaitForTheBatchBefore() {
        BuildPlan plan = BuildPlanner.plan(
                List.of(
                        new PlannedSource(0, 1),
                        new PlannedSource(1, 0),
                        new PlannedSource(2, 0),
                        new PlannedSource(3, 1)),
                List.of(rpm(true, "x86_64")));

        assertThat(lines(plan))
                .containsExactly(
                        "1 src []",
                        "1 x86_64 [0]",
                        "2 src []",
                        "2 x86_64 [2]",
                        "0 src []",
                        "0 x86_64 [4, 1, 3]",
                        "3 src []",
                        "3 x86_64 [6, 1, 3]");
    }

    private static BuildPlan plan(int sources, PlannedPlatform... platforms) {
        return BuildPlanner.plan(
                IntStream.range(0, sources)
                        .mapToObj(i -> new PlannedSource(i, 0))
                        .toList(),
                List.of(platforms));
    }

    private static PlannedPlatform rpm(boolean independent, String... arches) {
        return new PlannedPlatform(1, "rpm", List.of(arches), independent, 3600);
    }

    private static PlannedPlatform deb(boolean independent, String... arches) {
        return new PlannedPlatform(2, "deb", List.of(arches), independent, 3600);
    }

    private static List<String> lines(BuildPlan plan) {
        return plan.tasks().stream().map(BuildPlannerTest::line).toList();
    }

    private static String line(PlannedTask task) {
        return task.source() + " " + task.arch() + (task.withArchAll() ? "+all" : "") + " " + task.dependsOn();
    }
}
