package dev.slipway.server.builds;

import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.RefType;
import dev.slipway.api.builds.TestScript;
import dev.slipway.server.platforms.PlatformRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to build: a request that was checked, with everything that it left out filled in. */
record BuildOrder(
        List<Target> targets,
        List<Source> sources,
        List<Long> linkedBuilds,
        boolean chained,
        int priority,
        BuildOptions options,
        boolean cancelTesting) {

    /** @param independent whether its sources don't wait for packages of earlier ones */
    record Target(PlatformRow platform, List<String> arches, boolean independent) {}

    /** @param index its place in the request */
    record Source(
            int index,
            int batch,
            String url,
            @Nullable String gitRef,
            RefType refType,
            @Nullable String commitHash,
            BuildOptions options,
            List<TestScript> testScripts) {}

    /** The tasks that it takes. */
    BuildPlan plan() {
        return BuildPlanner.plan(
                sources.stream()
                        .map(source -> new BuildPlan.PlannedSource(source.index(), source.batch()))
                        .toList(),
                targets.stream()
                        .map(target -> new BuildPlan.PlannedPlatform(
                                target.platform().id(),
                                target.platform().type(),
                                target.arches(),
                                target.independent(),
                                target.platform().timeoutSeconds()))
                        .toList());
    }
}
