package dev.slipway.worker.jobs;

import dev.slipway.api.Copies;
import dev.slipway.api.builds.BuildOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * Build binary packages from a source package.
 *
 * @param id as in {@link SourceJob}
 * @param arch {@code x86_64}, {@code i686}, {@code aarch64}, … for rpm; {@code amd64}, … for deb
 * @param withArchAll deb: whether to make the {@code Architecture: all} packages too
 * @param sources one src.rpm; or one .dsc and every file it names
 * @param repositories for build dependencies: the platform's, the build's own, linked builds'
 * @param output an existing, empty directory of the caller's, in which the packages are left
 */
public record BuildJob(
        String id,
        PlatformSpec platform,
        String arch,
        boolean withArchAll,
        List<Path> sources,
        List<RepositorySpec> repositories,
        BuildOptions options,
        Path output) {
    public BuildJob {
        sources = Copies.list(sources);
        repositories = Copies.list(repositories);
    }
}
