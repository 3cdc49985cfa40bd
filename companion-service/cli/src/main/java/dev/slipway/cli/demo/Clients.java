package dev.slipway.cli.demo;

import dev.slipway.api.builds.TestScript;
import dev.slipway.api.composes.Compose;
import dev.slipway.api.platforms.Platform;
import dev.slipway.api.repositories.Repository;
import dev.slipway.api.repositories.RepositoryPackage;
import dev.slipway.client.SlipwayClient;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.RepositorySpec;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.tools.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The customers' side: dnf and apt with every signature check on and the key pinned from a local file. */
final class Clients {
    private static final Map<String, List<String>> WANTED = Map.of(
            Demo.RPM, List.of("tidewords", "libfathom", "soundings", "portfacts"),
            Demo.DEB, List.of("tidewords", "libfathom2", "soundings", "portfacts"));
    private static final List<TestScript> PROGRAMS = List.of(
            new TestScript("tidewords-counts", "#!/bin/sh\n[ \"$(printf 'ebb ebb flow' | tidewords 1)\" = '2 ebb' ]\n"),
            new TestScript(
                    "soundings-uses-the-library",
                    "#!/bin/sh\n[ \"$(printf '5\\n15\\n' | soundings)\" = '2 soundings, mean 18.29 m' ]\n"),
            new TestScript("portfacts-looks-up", "#!/bin/sh\n[ \"$(portfacts leghorn)\" = 'tidal range 0.3 m' ]\n"));

    private static final String COMPOSE_SUITE = "compose";

    private final SlipwayClient client;
    private final Engine engine;
    private final Path directory;
    private final String certificate;
    private final OkHttpClient http = new OkHttpClient();
    private String distribution = "";

    Clients(SlipwayClient client, Engine engine, DemoKey key, Path directory) throws IOException {
        this.client = client;
        this.engine = engine;
        this.directory = directory;
        this.certificate = Files.readString(key.certificate());
    }

    /** The package names that dnf or apt sees in a compose. */
    Set<String> list(String platform, Compose compose) throws IOException, InterruptedException {
        String url = compose.resultUrl();
        if (url == null) {
            throw new IllegalStateException("compose " + compose.id() + " has no address");
        }
        Path own = Files.createTempDirectory(directory, "list-");
        try {
            return platform.equals(Demo.RPM)
                    ? HostTools.dnfNames(own, url, certificate)
                    : HostTools.aptNames(own, url, COMPOSE_SUITE, certificate);
        } finally {
            remove(own); // the gpg-agent that dnf left behind ends when its directory is gone
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Installs the released programs into a fresh root per platform and runs them. */
    String install(String from) throws IOException {
        distribution = from;
        int cases = 0;
        for (String platform : List.of(Demo.RPM, Demo.DEB)) {
            Repository repository = released(platform);
            TestResult result = install(platform, repository, repository.url(), PROGRAMS);
            Check.that(
                    result.outcome() == Outcome.SUCCEEDED,
                    "installing from " + repository.url() + ": " + result.message());
            cases += result.cases().size();
        }
        return cases + " checks, among them " + PROGRAMS.size() + " programs on each platform";
    }

    /** A mirror that flips one bit in a package, and one that flips one in the metadata, must get nowhere. */
    String refuseTampered() throws IOException {
        int refused = 0;
        for (String platform : List.of(Demo.RPM, Demo.DEB)) {
            boolean rpm = platform.equals(Demo.RPM);
            refused += refused(
                    platform, "a package", path -> path.contains("soundings") && path.matches(".*\\.(rpm|deb)"));
            refused += refused(
                    platform, "signed metadata", path -> path.endsWith(rpm ? "/repodata/repomd.xml" : "/InRelease"));
            refused += refused(
                    platform,
                    "the package list",
                    path -> rpm
                            ? path.contains("primary.xml")
                            : path.contains("/by-hash/") || path.matches(".*/Packages(\\.gz|\\.zst)?"));
        }
        return refused + " of " + refused + " tampered mirrors refused";
    }

    private int refused(String platform, String what, Predicate<String> chosen) throws IOException {
        Repository repository = released(platform);
        try (TamperingProxy mirror = new TamperingProxy(repository.url(), chosen)) {
            TestResult result = install(platform, repository, mirror.url(), List.of());
            Check.that(mirror.tampered() > 0, "the changed file was never asked for: " + what + " of " + platform);
            Check.that(
                    result.outcome() != Outcome.SUCCEEDED,
                    what + " of " + platform + " was tampered with, and installed all the same");
        }
        return 1;
    }

    private TestResult install(String platform, Repository repository, String url, List<TestScript> scripts)
            throws IOException {
        Platform known = client.platforms().list().stream()
                .filter(p -> p.name().equals(platform))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no platform " + platform));
        Set<String> wanted = new HashSet<>(WANTED.getOrDefault(platform, List.of()));
        List<TestJob.TestedPackage> packages =
                client.repositories().packages(repository.id(), null, 1, 200).packages().stream()
                        .filter(p -> wanted.contains(p.name())
                                && !Set.of("src", "source").contains(p.arch()))
                        .map(Clients::tested)
                        .toList();
        Check.that(packages.size() == wanted.size(), repository.url() + " lacks some of " + wanted);
        RepositorySpec spec = new RepositorySpec(
                "released",
                url,
                PackageFormat.of(repository.type()),
                repository.suite(),
                repository.components(),
                false,
                certificate,
                10);
        try (OutputStream log =
                Files.newOutputStream(Files.createTempFile(directory, "install-" + platform + "-", ".log"))) {
            return engine.test(
                    new TestJob(
                            "demo-" + platform,
                            PlatformSpec.of(known.name(), known.type(), known.distrVersion(), known.data()),
                            platform.equals(Demo.RPM) ? "x86_64" : "amd64",
                            packages,
                            List.of(),
                            List.of(spec),
                            scripts),
                    (bytes, offset, length) -> write(log, bytes, offset, length),
                    new Cancellation());
        }
    }

    private static void write(OutputStream log, byte[] bytes, int offset, int length) {
        try {
            log.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the installation's log", e);
        }
    }

    private static TestJob.TestedPackage tested(RepositoryPackage p) {
        boolean rpm = p.release() != null;
        Integer epoch = p.epoch();
        String version = rpm && epoch != null && epoch > 0 ? epoch + ":" + p.version() : p.version();
        return new TestJob.TestedPackage(p.name(), version, p.release(), p.arch());
    }

    private Repository released(String platform) throws IOException {
        return repositories(distribution).stream()
                .filter(r ->
                        platform.equals(r.platform()) && !r.debug() && !r.arch().equals("src"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the distribution has no repository for " + platform));
    }

    /** The signed metadata files that a distribution's repositories serve now, by address, as their content. */
    Map<String, String> metadata(String of) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Repository repository : repositories(of)) {
            String base = repository.url().replaceAll("/+$", "");
            List<String> paths = repository.type().equals("rpm")
                    ? List.of("/repodata/repomd.xml", "/repodata/repomd.xml.asc")
                    : List.of("/dists/" + repository.suite() + "/InRelease");
            for (String path : paths) {
                try (Response response = http.newCall(
                                new Request.Builder().url(base + path).build())
                        .execute()) {
                    Check.that(response.code() == 200, base + path + " answers " + response.code());
                    files.put(base + path, response.body().string());
                }
            }
        }
        return files;
    }

    private List<Repository> repositories(String of) throws IOException {
        return client.repositories().list(Map.of("distribution", of));
    }
}
