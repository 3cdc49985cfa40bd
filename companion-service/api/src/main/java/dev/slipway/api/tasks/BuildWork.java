package dev.slipway.api.tasks;

import dev.slipway.api.Copies;
import dev.slipway.api.builds.BuildOptions;
import dev.slipway.api.builds.RefType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to build.
 *
 * @param step {@code source}: make the source package from {@code source}; {@code binary}: make packages from {@code
 *     sourceArtifacts}
 * @param arch the architecture whose root to use; for the source step one that the worker has
 * @param withArchAll deb: whether to make the {@code Architecture: all} packages too
 * @param repositories the platform's, the build's own and linked builds', for build dependencies
 */
public record BuildWork(
        long buildId,
        String step,
        Source source,
        WorkPlatform platform,
        String arch,
        boolean withArchAll,
        List<WorkFile> sourceArtifacts,
        List<WorkRepository> repositories,
        BuildOptions options,
        Person createdBy)
        implements Work {
    public BuildWork {
        sourceArtifacts = Copies.list(sourceArtifacts);
        repositories = Copies.list(repositories);
    }

    /** @param commitHash the commit to take, known once the source package was made, or asked for */
    public record Source(
            String url,
            @Nullable String gitRef,
            RefType refType,
            @Nullable String commitHash) {}

    public record Person(String name, @Nullable String email) {}
}
