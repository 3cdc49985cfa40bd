package dev.slipway.worker.runtime;

import dev.slipway.api.tasks.TestCase;
import dev.slipway.packages.fixtures.SampleRpms;
import dev.slipway.worker.engine.Engine;
import dev.slipway.worker.jobs.ArtifactFile;
import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.CancelledException;
import dev.slipway.worker.tools.LogSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An engine that makes its packages at once, so that tests are about the protocol. Its packages are real. */
final class ScriptedEngine implements Engine {
    final List<BuildJob> builds = new CopyOnWriteArrayList<>();
    final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable String failure;
    private volatile boolean endless;
    private volatile @Nullable CountDownLatch gate;

    ScriptedEngine failing(String message) {
        failure = message;
        return this;
    }

    /** Builds that end when the gate is open. */
    ScriptedEngine until(CountDownLatch opened) {
        gate = opened;
        return this;
    }

    /** Builds that run until they are told to stop. */
    ScriptedEngine endless() {
        endless = true;
        return this;
    }

    @Override
    public BuildResult source(SourceJob job, LogSink log, Cancellation cancellation) {
        log.line("making the source package of " + job.source().url());
        Path made = SampleRpms.build(spec -> spec.name("buoy").version("1.0").source());
        return result(copy(made, job.output()), ArtifactFile.Type.SRC_RPM);
    }

    @Override
    public BuildResult build(BuildJob job, LogSink log, Cancellation cancellation) {
        builds.add(job);
        log.line("building with " + job.sources().size() + " source files");
        started.countDown();
        if (endless) {
            await(cancellation);
        }
        CountDownLatch closed = gate;
        if (closed != null) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException("interrupted");
            }
        }
        if (failure != null) {
            return new BuildResult(Outcome.FAILED, failure, null, List.of(), null, List.of());
        }
        return result(copy(SampleRpms.simple("buoy", "1.0", "x86_64"), job.output()), ArtifactFile.Type.RPM);
    }

    @Override
    public TestResult test(TestJob job, LogSink log, Cancellation cancellation) {
        TestCase one = new TestCase("install", "passed", 5L, "installed", "buoy");
        return new TestResult(Outcome.SUCCEEDED, null, null, List.of(one), List.of("buoy 1.0"));
    }

    private static void await(Cancellation cancellation) {
        CountDownLatch told = new CountDownLatch(1);
        try (Cancellation.Registration registration = cancellation.onCancel(told::countDown)) {
            told.await();
            cancellation.check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted");
        }
    }

    private static BuildResult result(Path file, ArtifactFile.Type type) {
        return new BuildResult(
                Outcome.SUCCEEDED, null, null, List.of(new ArtifactFile(file, type)), null, List.of("gcc 12"));
    }

    private static Path copy(Path file, Path to) {
        try {
            return Files.copy(file, to.resolve(file.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
