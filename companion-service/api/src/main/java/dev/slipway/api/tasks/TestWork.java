package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import dev.slipway.api.builds.TestScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to test: all packages together in one fresh root.
 *
 * @param sourceArtifacts the source packages, which may bring tests
 * @param repositories as for building, the build's own among them
 */
public record TestWork(
        long buildId,
        WorkPlatform platform,
        String arch,
        int revision,
        List<TestedPackage> packages,
        List<WorkFile> sourceArtifacts,
        List<WorkRepository> repositories,
        List<TestScript> scripts)
        implements Work {
    public TestWork {
        packages = Copies.list(packages);
        sourceArtifacts = Copies.list(sourceArtifacts);
        repositories = Copies.list(repositories);
        scripts = Copies.list(scripts);
    }

    /** @param release null for deb, whose version holds it */
    public record TestedPackage(
            String name, String version, @Nullable String release, String arch, String fileName) {}
}
