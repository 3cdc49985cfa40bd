package dev.slipway.worker.jobs;

import dev.slipway.api.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository that packages are installed from.
 *
 * @param name unique within a job; letters, digits and {@code .:_+-}
 * @param url absolute: http, https or file. rpm: the directory that holds {@code repodata}; deb: the one that holds
 *     {@code dists}
 * @param suite deb: the directory below {@code dists}; one that ends with a slash is flat and has no components
 * @param components deb
 * @param trusted used without a signature check; otherwise {@code key} is needed
 * @param key ASCII-armoured certificates, the only ones that its signatures are checked with
 * @param priority 1 (first) to 999; 99 is usual
 */
public record RepositorySpec(
        String name,
        String url,
        PackageFormat format,
        @Nullable String suite,
        List<String> components,
        boolean trusted,
        @Nullable String key,
        int priority) {
    public RepositorySpec {
        components = Copies.list(components);
    }

    /** An rpm repository without a signature check. */
    public static RepositorySpec trustedRpm(String name, String url) {
        return new RepositorySpec(name, url, PackageFormat.RPM, null, List.of(), true, null, 99);
    }
}
