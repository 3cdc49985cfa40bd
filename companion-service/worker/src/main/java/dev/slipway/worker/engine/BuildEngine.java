package dev.slipway.worker.engine;

import dev.slipway.worker.deb.DebBuilder;
import dev.slipway.worker.deb.DebSourceBuilder;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.PackageFormat;
import dev.slipway.worker.jobs.PlatformSpec;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.jobs.Workbench;
import dev.slipway.worker.rpm.RpmBuilder;
import dev.slipway.worker.rpm.RpmSourceBuilder;
import dev.slipway.worker.testing.PackageTester;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.ToolCheck;
import dev.slipway.worker.tools.UnsupportedHostException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The engine with real tools. */
public final class BuildEngine implements Engine, AutoCloseable {
    private static final long MEGABYTE = 1024 * 1024;

    private final Workbench bench;
    private final ToolCheck tools;

    /** @param bench closed with the engine */
    public BuildEngine(Workbench bench) {
        this(bench, new ToolCheck());
    }

    /** @param tools where the host's tools are looked for */
    BuildEngine(Workbench bench, ToolCheck tools) {
        this.bench = bench;
        this.tools = tools;
    }

    /**
     * Looks at what the machine allows, and removes what dead workers left.
     *
     * @throws UnsupportedHostException when the machine can't run any job, with the remedy
     */
    public static BuildEngine open(EngineConfig config) throws IOException {
        return new BuildEngine(Workbench.open(config.home(), config.localSources(), config.maxSourceMb() * MEGABYTE));
    }

    /** What the machine lacks for jobs of this format: one line per tool, which names the package that brings it. */
    public static List<String> missingTools(PackageFormat format) {
        return new ToolCheck().missing(Tools.of(format));
    }

    @Override
    public BuildResult source(SourceJob job, LogSink log, Cancellation cancellation) {
        return building(
                job.platform(),
                log,
                () -> isRpm(job.platform())
                        ? new RpmSourceBuilder(bench).build(job, log, cancellation)
                        : new DebSourceBuilder(bench).build(job, log, cancellation));
    }

    @Override
    public BuildResult build(BuildJob job, LogSink log, Cancellation cancellation) {
        return building(job.platform(), log, () -> {
            bench.check(job.repositories());
            return isRpm(job.platform())
                    ? new RpmBuilder(bench).build(job, log, cancellation)
                    : new DebBuilder(bench).build(job, log, cancellation);
        });
    }

    @Override
    public TestResult test(TestJob job, LogSink log, Cancellation cancellation) {
        try {
            requireTools(job.platform().format());
            bench.check(job.repositories());
            return new PackageTester(bench).test(job, log, cancellation);
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            log.line(failure.line());
            return new TestResult(failure.outcome(), failure.message(), failure.diagnosis(), List.of(), List.of());
        }
    }

    @Override
    public void close() throws IOException {
        bench.close();
    }

    private BuildResult building(PlatformSpec platform, LogSink log, Supplier<BuildResult> work) {
        try {
            requireTools(platform.format());
            return work.get();
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            log.line(failure.line());
            return new BuildResult(
                    failure.outcome(), failure.message(), failure.diagnosis(), List.of(), null, List.of());
        }
    }

    private static boolean isRpm(PlatformSpec platform) {
        return platform.format() == PackageFormat.RPM;
    }

    private void requireTools(PackageFormat format) {
        List<String> missing = tools.missing(Tools.of(format));
        if (!missing.isEmpty()) {
            throw JobFailure.error(Code.TOOL_MISSING, String.join("; ", missing));
        }
    }
}
