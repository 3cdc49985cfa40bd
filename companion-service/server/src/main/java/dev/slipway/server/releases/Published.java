package dev.slipway.server.releases;

import org.jspecify.annotations.Nullable;

/** A package that a repository has now. */
record Published(
        Place place,
        long packageId,
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
        String sourceName) {

    Evr evr() {
        return new Evr(place.format(), epoch, version, release);
    }
}
