package dev.slipway.api.composes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a compose's packages come from; what the parts name is joined.
 *
 * @param builds build ids: all packages they made
 * @param repositories names of repositories of this service: all packages of their newest versions
 * @param distributions names: all packages of their repositories' newest versions
 * @param packages names or globs ({@code *}, {@code ?}, {@code [a-c]}) of packages or of their sources: what is taken of
 *     the above; everything when absent
 */
public record ComposeSource(
        @Nullable List<Long> builds,
        @Nullable List<String> repositories,
        @Nullable List<String> distributions,
        @Nullable List<String> packages) {}
