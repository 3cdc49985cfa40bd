package dev.slipway.worker.roots;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a clean root is made: the object in {@code root} and {@code test_root} of a platform's data. Its {@code type} is one of
 * the words below.
 */
public sealed interface Recipe {
    /**
     * {@code mmdebstrap}: a Debian suite.
     *
     * @param suite such as {@code bookworm}
     * @param variant {@code minbase} or {@code buildd}
     * @param include packages beyond the variant's
     * @param components usually {@code main} alone
     * @param mirror its address; null takes the one that this machine's own apt uses
     * @param architecture Debian's word; null is this machine's
     */
    record Mmdebstrap(
            String suite,
            String variant,
            List<String> include,
            List<String> components,
            @Nullable String mirror,
            @Nullable String architecture)
            implements Recipe {
        public Mmdebstrap {
            include = List.copyOf(include);
            components = List.copyOf(components);
        }
    }

    /**
     * {@code dnf}: an installation of RPM packages into an empty directory.
     *
     * @param packages names, globs, or groups such as {@code @buildsys-build}
     * @param repositories to take them from
     * @param releasever value of {@code $releasever}
     */
    record Dnf(List<String> packages, List<Repository> repositories, String releasever) implements Recipe {
        public Dnf {
            packages = List.copyOf(packages);
            repositories = List.copyOf(repositories);
        }

        /**
         * Where packages come from.
         *
         * @param key ASCII-armoured certificates; null uses the repository without a signature check
         */
        public record Repository(
                String name, String url, @Nullable String key) {}
    }

    /**
     * {@code tar}: an archive made elsewhere.
     *
     * @param url http, https or file
     * @param sha256 64 lower-case hexadecimal digits, of the archive as it is fetched
     */
    record Tar(String url, String sha256) implements Recipe {}

    /** {@code host}: the machine itself, for agents that are thrown away after use. Nothing is isolated or cleaned up. */
    record Host() implements Recipe {}
}
