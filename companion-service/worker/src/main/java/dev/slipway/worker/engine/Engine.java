package dev.slipway.worker.engine;

import dev.slipway.worker.jobs.BuildJob;
import dev.slipway.worker.jobs.BuildResult;
import dev.slipway.worker.jobs.SourceJob;
import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.jobs.TestResult;
import dev.slipway.worker.tools.Cancellation;
import dev.slipway.worker.tools.LogSink;

/**
 * Does a worker's jobs with real tools in clean roots. Jobs may run side by side on several threads; each call blocks until
 * its job has ended and everything it started is dead and removed.
 *
 * <p>No method throws for what a job, its source or this machine gets wrong: the result says so.
 */
public interface Engine {
    BuildResult source(SourceJob job, LogSink log, Cancellation cancellation);

    BuildResult build(BuildJob job, LogSink log, Cancellation cancellation);

    TestResult test(TestJob job, LogSink log, Cancellation cancellation);
}
