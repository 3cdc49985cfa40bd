package dev.slipway.server.repositories;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else is known of a repository; kept as JSON.
 *
 * @param suite of a Debian one
 * @param components of a Debian one; a hosted one has exactly one
 * @param architectures of a hosted Debian one, without {@code source} and {@code all}
 * @param priority smaller wins; 10 when absent
 * @param signedBy of a remote one: the armored certificate that signs its metadata
 * @param trusted of a remote one: unsigned metadata is accepted
 * @param compression of a hosted one's metadata: {@code gzip} or {@code zstd}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RepositoryOptions(
        @Nullable String suite,
        @Nullable List<String> components,
        @Nullable List<String> architectures,
        @Nullable Integer priority,
        @Nullable String signedBy,
        @Nullable Boolean trusted,
        @Nullable String compression) {

    public static final int DEFAULT_PRIORITY = 10;
    public static final String DEFAULT_SUITE = "stable";
    public static final String DEFAULT_COMPONENT = "main";

    /** Of an RPM repository without particulars. */
    public static final RepositoryOptions NONE = new RepositoryOptions(null, null, null, null, null, null, null);

    /** Of a Debian repository of this service. */
    public static RepositoryOptions debian(String suite, String component, List<String> architectures) {
        return new RepositoryOptions(suite, List.of(component), architectures, null, null, null, null);
    }
}
