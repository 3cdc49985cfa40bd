package dev.slipway.client.steps;

import dev.slipway.api.composes.ComposeRequest;
import dev.slipway.api.composes.ComposeSource;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline says to have a temporary repository made.
 *
 * @param builds ids: all packages they made
 * @param repositories names: all packages they hold
 * @param distributions names: all packages of their repositories
 * @param packages names or globs of what to take of these; everything when absent
 * @param platform of the packages
 * @param arches the platform's when absent
 * @param keys ids of sign keys, best first
 * @param lifetime such as {@code 24h} or {@code 7d}; the companion's own when absent
 * @param includeDebug whether to take debug packages too
 * @param includeSources whether to take source packages too
 * @param noReuse whether to make it even if there is an equal one
 * @param label for people
 * @param event what asked for it
 */
public record ComposeArguments(
        @Nullable List<Long> builds,
        @Nullable List<String> repositories,
        @Nullable List<String> distributions,
        @Nullable List<String> packages,
        @Nullable String platform,
        @Nullable List<String> arches,
        @Nullable List<String> keys,
        @Nullable String lifetime,
        boolean includeDebug,
        boolean includeSources,
        boolean noReuse,
        @Nullable String label,
        @Nullable String event) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming the argument that is wrong and what helps
     */
    public RemoteWork work() {
        List<Long> fromBuilds = Arguments.ids("builds", builds);
        List<String> fromRepositories = Arguments.texts("repositories", repositories);
        List<String> fromDistributions = Arguments.texts("distributions", distributions);
        if (fromBuilds.isEmpty() && fromRepositories.isEmpty() && fromDistributions.isEmpty()) {
            throw new IllegalArgumentException(
                    "packageCompose needs builds, repositories or distributions, such as builds: [812]");
        }
        Duration time = Arguments.time("lifetime", lifetime);
        if (time != null && time.isZero()) {
            throw new IllegalArgumentException("a lifetime of nothing makes no sense");
        }
        return new RemoteCompose(new ComposeRequest(
                new ComposeSource(
                        Arguments.orNull(fromBuilds),
                        Arguments.orNull(fromRepositories),
                        Arguments.orNull(fromDistributions),
                        Arguments.orNull(Arguments.texts("packages", packages))),
                Arguments.text(platform),
                Arguments.orNull(Arguments.texts("arches", arches)),
                Arguments.orNull(Arguments.texts("keys", keys)),
                includeDebug ? true : null,
                includeSources ? true : null,
                time == null ? null : time.toSeconds(),
                noReuse ? true : null,
                Arguments.text(label),
                Arguments.text(event)));
    }
}
