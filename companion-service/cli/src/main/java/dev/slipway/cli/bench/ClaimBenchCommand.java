package dev.slipway.cli.bench;

import dev.slipway.cli.CliException;
import dev.slipway.cli.ExitCode;
import dev.slipway.cli.Output;
import dev.slipway.cli.bench.ClaimWorkers.Claims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how fast workers get tasks: 32 of them claim from 100,000 ready tasks over HTTP, and pgbench runs the",
            "companion's own claim statement on the same tables. Goals: half of pgbench's rate, 99 of 100 claims within",
            "50 ms, no task handed out twice."
        },
        footer = {
            "",
            "Needs pgbench, which comes with PostgreSQL: " + PgBench.INSTALL,
            "Workers, the companion and the database share this machine's processors.",
            "",
            "Examples:",
            "  slipway bench claim",
            "  slipway bench claim --workers 8 --scale 0.1"
        })
final class ClaimBenchCommand implements Callable<Integer> {
    private static final long TASKS = 100_000;
    /** Ready ones of each unfinished build. */
    private static final int TASKS_OF_BUILD = 8;

    private static final double LEAST_PART = 0.5;
    private static final double MOST_MILLIS = 50;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--workers", defaultValue = "32", description = "Workers. Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--reports",
            defaultValue = "1000",
            description = "Claimed tasks that are reported in the end. Default: ${DEFAULT-VALUE}.")
    private int reports;

    @Override
    public Integer call() throws Exception {
        Progress progress = new Progress(output);
        Figures figures = new Figures(output);
        PgBench pgbench = PgBench.find()
                .orElseThrow(() -> new CliException(
                        ExitCode.LOCAL, "pgbench is not on this machine; install it with: " + PgBench.INSTALL));
        try (BenchCompanion companion = progress.step(
                        "starting a companion",
                        () -> BenchCompanion.start("claim", options, "--set", "tasks.lease=PT2H"));
                Connection connection = companion.connect()) {
            long builds = options.scaled(TASKS, 4_000) / TASKS_OF_BUILD;
            new Catalogue(connection, progress).ensure(builds, builds);
            ClaimQueue queue = new ClaimQueue(connection);
            queue.reset();
            ClaimWorkers claimers = ClaimWorkers.register(companion.url(), companion.adminToken(), workers);
            int count = (int) (queue.ready() / 2);
            progress.say(queue.ready() + " tasks are ready");
            progress.step(
                    "warming up",
                    () -> WarmUp.run(companion::compilerSeconds, () -> {
                        claimers.claim(count / 2);
                        queue.reset();
                    }));
            CpuTimes before = companion.cpu();
            Claims claims = progress.step("claiming " + count + " tasks", () -> claimers.claim(count));
            progress.say("claims: " + claims.latencies());
            progress.say("  each took " + companion.cpu().since(before).each(count));
            long once = queue.claimedOnce();
            if (once != count) {
                progress.say("of " + count + " claimed tasks the database has " + once + " as claimed once");
            }
            List<ClaimWorkers.Claimed> some = claims.claimed()
                    .subList(0, Math.min(reports, claims.claimed().size()));
            progress.say("reports: " + progress.step("reporting", () -> claimers.report(some)));
            progress.step("making them ready again", () -> {
                queue.reset();
                return true;
            });
            double peer = progress.step(
                    "pgbench", () -> pgbench.perSecond(companion.database(), script(companion, queue), workers, count));
            progress.say(String.format(Locale.ROOT, "pgbench: %.0f/s", peer));
            figures.add("claim.rate_of_pgbench", claims.latencies().perSecond() / peer, Goal.atLeast(LEAST_PART));
            figures.add("claim.p99_ms", claims.latencies().millis(0.99), Goal.atMost(MOST_MILLIS));
            figures.add("claim.doubles", claims.doubles() + Math.abs(count - once), Goal.atMost(0));
        }
        return figures.finish();
    }

    private static Path script(BenchCompanion companion, ClaimQueue queue) throws Exception {
        List<List<String>> slots = ClaimWorkers.ARCHES.stream()
                .map(arches -> arches.stream().map(arch -> "build:rpm:" + arch).toList())
                .toList();
        return Files.writeString(companion.home().resolve("claim.sql"), queue.script(slots));
    }
}
