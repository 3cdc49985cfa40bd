package dev.slipway.api.builds;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /builds/}.
 *
 * @param platforms at least one
 * @param tasks the sources, at least one; every one is built for every platform
 * @param linkedBuilds builds whose repositories are used too
 * @param mode {@code chained} (the default: each source may need packages of the earlier ones) or {@code independent}
 * @param priority higher goes first; 0 when left out
 * @param cancelTesting whether tests are not to be made when the build ends
 */
public record BuildRequest(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<PlatformChoice> platforms,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<SourceRequest> tasks,

        @Nullable List<Long> linkedBuilds,
        @Nullable String mode,
        @Nullable Integer priority,
        @JsonAlias("mock_options") @Nullable BuildOptions options,
        @Nullable Boolean cancelTesting) {

    /**
     * @param archList architectures of the platform; all of them when left out
     * @param independentTasks the founding system's spelling of mode {@code independent}
     * @param parallelModeEnabled accepted from clients of the founding system; has no effect
     */
    public record PlatformChoice(
            String name,
            @Nullable List<String> archList,
            @Nullable Boolean independentTasks,
            @Nullable Boolean parallelModeEnabled) {}

    /**
     * One source.
     *
     * @param url a git repository, or with {@link RefType#SRPM_URL} a source RPM
     * @param gitRef branch, tag or commit; the repository's default branch when left out
     * @param gitCommitHash the commit that {@code gitRef} must be
     * @param enabled {@code false}: the source is left out
     * @param batch sources of a later batch wait for all of the earlier batches; 0 when left out
     * @param testScripts run in the test environment
     */
    public record SourceRequest(
            String url,
            @Nullable String gitRef,
            @Nullable RefType refType,
            @Nullable String gitCommitHash,
            @JsonAlias("mock_options") @Nullable BuildOptions options,
            @Nullable Boolean enabled,
            @Nullable Integer batch,
            @Nullable List<TestScript> testScripts) {}
}
