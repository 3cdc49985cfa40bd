package dev.slipway.worker.jobs;

import dev.slipway.api.Copies;
import java.util.List;
import java.util.regex.Pattern;
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
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:_+-]{0,127}");
    private static final Pattern URL = Pattern.compile("(https?|file)://[!-~&&[^\"'\\\\\\[\\]]]{1,1000}");
    private static final Pattern SUITE = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9./_+~-]{0,127}");

    /** @throws IllegalArgumentException naming the member that is not well-formed */
    public RepositorySpec {
        components = Copies.list(components);
        check("name", NAME, name);
        check("address", URL, url);
        if (suite != null) {
            check("suite", SUITE, suite);
        }
        components.forEach(component -> check("component", SUITE, component));
        if (priority < 1 || priority > 999) {
            throw new IllegalArgumentException("the priority of repository " + name + " is 1 to 999, not " + priority);
        }
    }

    private static void check(String what, Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not the " + what + " of a repository: \"" + text + "\"");
        }
    }

    /** An rpm repository without a signature check. */
    public static RepositorySpec trustedRpm(String name, String url) {
        return new RepositorySpec(name, url, PackageFormat.RPM, null, List.of(), true, null, 99);
    }
}
