package dev.slipway.api.releases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a commit or revert.
 *
 * @param message what happens now: one line
 * @param differences of a dry run
 */
public record ReleaseAnswer(
        Release release, String message, @Nullable List<RepositoryDifference> differences) {}
