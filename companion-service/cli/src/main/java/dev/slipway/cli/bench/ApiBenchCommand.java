package dev.slipway.cli.bench;

import dev.slipway.cli.Output;
import dev.slipway.cli.bench.Searches.Search;
import dev.slipway.cli.bench.Wire.Request;
import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = {
            "Measures searches among 100,000 builds with 1,000,000 tasks and 2,000,000 packages: every filter of the list",
            "of builds, deep pages and cursors, one build with 500 tasks. Goal: 99 of 100 answers within 50 ms."
        },
        footer = {
            "",
            "The clients, the companion and the database share this machine's processors.",
            "",
            "Examples:",
            "  slipway bench api",
            "  slipway bench api --keep --only builds.rpm_name,build.500_tasks",
            "  slipway bench api --scale 0.01 --json"
        })
final class ApiBenchCommand implements Callable<Integer> {
    private static final long BUILDS = 100_000;
    private static final long UNFINISHED = 500;
    private static final double MOST_MILLIS = 50;
    private static final int LEAST_BUILDS = 1_000;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--connections", defaultValue = "16", description = "Clients. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--requests",
            defaultValue = "2000",
            description = "Requests of each search that are measured. Default: ${DEFAULT-VALUE}.")
    private int requests;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Measure these searches alone.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws Exception {
        Progress progress = new Progress(output);
        Figures figures = new Figures(output);
        try (BenchCompanion companion =
                progress.step("starting a companion", () -> BenchCompanion.start("api", options))) {
            long builds = options.scaled(BUILDS, LEAST_BUILDS);
            try (Connection connection = companion.connect()) {
                new Catalogue(connection, progress).ensure(builds, options.scaled(UNFINISHED, 10));
            }
            List<Search> searches = Searches.all(builds).stream()
                    .filter(search -> only.isEmpty() || only.contains(search.name()))
                    .toList();
            progress.step("warming up", () -> warmUp(companion, searches, WarmUp.CONNECTIONS));
            progress.step("warming up with all connections", () -> warmUp(companion, searches, connections));
            for (Search search : searches) {
                CpuTimes before = companion.cpu();
                Latencies latencies = run(companion, search, connections, requests);
                progress.say(search.name() + ": " + latencies);
                progress.say("  each took " + companion.cpu().since(before).each(requests));
                figures.add("api." + search.name() + ".p99_ms", latencies.millis(0.99), Goal.atMost(MOST_MILLIS));
            }
        }
        return figures.finish();
    }

    /** With few connections the compiler is done soonest; what it does about waiting and crowding takes all of them. */
    private int warmUp(BenchCompanion companion, List<Search> searches, int callers) throws Exception {
        return WarmUp.run(companion::compilerSeconds, () -> {
            for (Search search : searches) {
                run(companion, search, callers, requests / 10);
            }
        });
    }

    private static Latencies run(BenchCompanion companion, Search search, int callers, int count)
            throws IOException, InterruptedException {
        String token = companion.adminToken();
        AtomicInteger left = new AtomicInteger(count);
        return Load.run(companion.url(), callers, number -> {
            SplittableRandom random = new SplittableRandom(number);
            return new Load.Caller() {
                @Override
                public String token() {
                    return token;
                }

                @Override
                public @Nullable Request next() {
                    return left.decrementAndGet() < 0
                            ? null
                            : Request.get(search.path().apply(random));
                }
            };
        });
    }
}
