package dev.slipway.api.composes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a temporary repository.
 *
 * @param platform takes only this platform's packages, and says the format
 * @param arches architectures to hold; the platform's when absent
 * @param signKeys key ids, best first: of each package the copy signed by the first of them that signed it. A package
 *     none of them signed is refused, unless the list holds an empty text, which stands for "as it is". Absent or empty:
 *     packages as they are
 * @param includeDebug false when absent
 * @param includeSources false when absent
 * @param lifetimeSeconds how long it is kept; the service's default when absent, capped at the service's maximum, which
 *     the answer's reason then says
 * @param noReuse true makes a repository of its own even if an equal one exists
 * @param label free text, one line
 * @param event free text, one line: what asked for it
 */
public record ComposeRequest(
        ComposeSource source,
        @Nullable String platform,
        @Nullable List<String> arches,
        @Nullable List<String> signKeys,
        @Nullable Boolean includeDebug,
        @Nullable Boolean includeSources,
        @Nullable Long lifetimeSeconds,
        @Nullable Boolean noReuse,
        @Nullable String label,
        @Nullable String event) {}
