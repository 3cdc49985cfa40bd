package dev.slipway.worker.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source or build job ended.
 *
 * @param message one line for people; null when it succeeded
 * @param diagnosis null when it succeeded, was cancelled, or nothing is known beyond {@code message}
 * @param artifacts empty unless it succeeded
 * @param commit of a source job: the commit that was taken
 * @param rootPackages what the root held, "name version" (rpm: with release and architecture), sorted
 */
public record BuildResult(
        Outcome outcome,
        @Nullable String message,
        @Nullable Diagnosis diagnosis,
        List<ArtifactFile> artifacts,
        @Nullable String commit,
        List<String> rootPackages) {
    public BuildResult {
        artifacts = List.copyOf(artifacts);
        rootPackages = List.copyOf(rootPackages);
    }
}
