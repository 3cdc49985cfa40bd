package dev.slipway.api.repositories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a repository: with {@code url} somebody else's, without it one that this service hosts.
 *
 * @param arch one architecture; a hosted Debian repository may name several, joined by a comma
 * @param type {@code rpm} or {@code deb}
 * @param url the foreign repository's address (http or https)
 * @param channel the path below {@code /repos/} to serve a hosted one at; its name (with arch and {@code -debug}) when absent
 * @param suite of a Debian repository; {@code stable} when absent
 * @param components of a Debian repository; {@code main} when absent
 * @param priority smaller wins; 10 when absent
 * @param platform the platform whose packages alone a hosted one may hold
 * @param signKey the key id a hosted one's metadata is signed with; unsigned when absent
 * @param signedBy of a remote one, the armored certificate its metadata is signed with
 * @param trusted of a remote one, that unsigned metadata is accepted
 * @param compression of a hosted one's metadata: {@code gzip} (when absent) or {@code zstd}
 */
public record RepositoryRequest(
        String name,
        String arch,
        String type,
        @Nullable Boolean debug,
        @Nullable Boolean production,
        @Nullable String url,
        @Nullable String channel,
        @Nullable String suite,
        @Nullable List<String> components,
        @Nullable Integer priority,
        @Nullable String platform,
        @Nullable String signKey,
        @Nullable String signedBy,
        @Nullable Boolean trusted,
        @Nullable String compression) {}
