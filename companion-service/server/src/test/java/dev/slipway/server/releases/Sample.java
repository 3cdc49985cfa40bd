package dev.slipway.server.releases;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packages and repositories for tests of pure rules. */
final class Sample {
    static final long PLATFORM = 9;
    static final long BUILD = 5;
    private static final AtomicLong IDS = new AtomicLong(1000);

    private Sample() {}

    /** An RPM of version 1.0-1 from a source; names ending in debuginfo or debugsource are debug packages. */
    static Candidate rpm(String name, String arch, String source) {
        return rpm(name, arch, source, "1.0", arch.equals("noarch") ? "x86_64" : arch);
    }

    static Candidate rpm(String name, String arch, String source, String version, String taskArch) {
        long id = IDS.incrementAndGet();
        boolean debug = name.endsWith("-debuginfo") || name.endsWith("-debugsource");
        return new Candidate(
                id,
                "rpm",
                name,
                null,
                version,
                "1",
                arch,
                name + "-" + version + "-1." + arch,
                "sha-" + id,
                "content-" + id,
                arch.equals("src"),
                debug,
                source,
                BUILD,
                taskArch,
                PLATFORM);
    }

    static Candidate deb(String name, String arch, String source) {
        long id = IDS.incrementAndGet();
        return new Candidate(
                id,
                "deb",
                name,
                null,
                "1.0-1",
                null,
                arch,
                name + "_1.0-1_" + arch,
                "sha-" + id,
                "content-" + id,
                arch.equals("source"),
                name.endsWith("-dbgsym"),
                source,
                BUILD,
                arch.equals("source") ? "src" : "amd64",
                PLATFORM);
    }

    /** A repository {@code family}; "x86_64+debug" is the debug twin for x86_64. */
    static Place place(String family, String format, String arch) {
        boolean debug = arch.endsWith("+debug");
        var plain = debug ? arch.substring(0, arch.length() - "+debug".length()) : arch;
        return new Place(
                IDS.incrementAndGet(), family, family, format, plain, Set.of(plain.split(",", -1)), debug, PLATFORM, 3);
    }

    /** A family with a repository for each architecture, its debug twin, and one for sources. */
    static List<Place> family(String family, String... arches) {
        return Stream.concat(
                        Arrays.stream(arches)
                                .flatMap(arch ->
                                        Stream.of(place(family, "rpm", arch), place(family, "rpm", arch + "+debug"))),
                        Stream.of(place(family, "rpm", "src")))
                .collect(Collectors.toList());
    }

    static Place in(List<Place> places, String family, String arch, boolean debug) {
        return places.stream()
                .filter(p -> p.family().equals(family) && p.arch().equals(arch) && p.debug() == debug)
                .findFirst()
                .orElseThrow();
    }

    /** That a repository has another version of the package. */
    static Published published(Candidate like, Place place, String version, @Nullable Integer epoch) {
        long id = IDS.incrementAndGet();
        return new Published(
                place,
                id,
                like.name(),
                epoch,
                version,
                like.release(),
                like.arch(),
                like.name() + "-" + (epoch == null ? "" : epoch + ":") + version + "-" + like.release() + "."
                        + like.arch(),
                "sha-" + id,
                "content-" + id,
                like.source(),
                like.debug(),
                like.sourceName());
    }

    /** That a repository has this very package. */
    static Published published(Candidate same, Place place) {
        return new Published(
                place,
                same.id(),
                same.name(),
                same.epoch(),
                same.version(),
                same.release(),
                same.arch(),
                same.nevra(),
                same.sha256(),
                same.contentDigest(),
                same.source(),
                same.debug(),
                same.sourceName());
    }
}
