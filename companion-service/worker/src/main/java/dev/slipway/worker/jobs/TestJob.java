package dev.slipway.worker.jobs;

import dev.slipway.api.Copies;
import dev.slipway.api.builds.TestScript;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Install packages together in a fresh root, check them, run their tests, remove them.
 *
 * @param id as in {@link SourceJob}
 * @param sources the source packages, for the tests they bring: src.rpm, or .dsc with its files
 * @param repositories the packages' own first of all
 * @param scripts run besides the sources' own tests
 */
public record TestJob(
        String id,
        PlatformSpec platform,
        String arch,
        List<TestedPackage> packages,
        List<Path> sources,
        List<RepositorySpec> repositories,
        List<TestScript> scripts) {
    public TestJob {
        packages = Copies.list(packages);
        sources = Copies.list(sources);
        repositories = Copies.list(repositories);
        scripts = Copies.list(scripts);
    }

    /**
     * A package to install.
     *
     * @param version with the epoch in front where there is one, as {@code 1:2.0}; for deb the whole version
     * @param release null for deb
     */
    public record TestedPackage(
            String name, String version, @Nullable String release, String arch) {}
}
