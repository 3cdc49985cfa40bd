package dev.slipway.server.releases;

import dev.slipway.api.releases.ReleasePackage;
import org.jspecify.annotations.Nullable;

/**
 * A package that a build made for the release's platform.
 *
 * @param format {@code rpm} or {@code deb}
 * @param contentDigest what signed and unsigned forms of the same package have in common
 * @param taskArch the architecture of the build task that made it
 * @param platformId the platform it was built for
 */
record Candidate(
        long id,
        String format,
        String name,
        @Nullable Integer epoch,
        String version,
        @Nullable String release,
        String arch,
        String nevra,
        String sha256,
        String contentDigest,
        boolean source,
        boolean debug,
        String sourceName,
        long buildId,
        String taskArch,
        long platformId) {

    boolean everyArch() {
        return !source && Arches.independent(arch);
    }

    /** The package whose debug information this is: its name without the customary endings. */
    String baseName() {
        return debug ? name.replaceFirst("-(debuginfo|debugsource|dbgsym|dbg)$", "") : name;
    }

    Evr evr() {
        return new Evr(format, epoch, version, release);
    }

    ReleasePackage shown() {
        return new ReleasePackage(
                id, name, epoch, version, release, arch, nevra, sha256, buildId, sourceName, taskArch);
    }
}
