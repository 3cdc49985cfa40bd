package dev.slipway.worker.engine;

import dev.slipway.worker.jobs.Diagnosis;
import dev.slipway.worker.jobs.Diagnosis.Code;
import dev.slipway.worker.jobs.JobFailure;
import dev.slipway.worker.jobs.Outcome;
import dev.slipway.worker.roots.RootException;
import dev.slipway.worker.sandbox.SandboxException;
import dev.slipway.worker.tools.CancelledException;
import dev.slipway.worker.tools.ToolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an exception means for a job. */
record Failure(Outcome outcome, String message, @Nullable Diagnosis diagnosis) {
    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof CancelledException) {
            return new Failure(Outcome.CANCELLED, "cancelled: " + message, null);
        }
        if (e instanceof JobFailure failure) {
            return new Failure(failure.outcome(), message, failure.diagnosis());
        }
        if (e instanceof SandboxException stopped) {
            return ofSandbox(stopped, message);
        }
        if (e instanceof RootException) {
            return error(Code.ROOT_FAILED, message);
        }
        if (e instanceof ToolException) {
            return error(Code.TOOL_MISSING, message);
        }
        LOG.error("a job failed in an unforeseen way", e);
        return new Failure(Outcome.ERROR, "the worker failed: " + message, null);
    }

    /** For the end of the job's log. */
    String line() {
        return "slipway: " + outcome.word() + ": " + message;
    }

    private static Failure ofSandbox(SandboxException stopped, String message) {
        return switch (stopped.reason()) {
            case TIME -> failed(Code.TIMEOUT, message);
            case MEMORY -> failed(Code.OUT_OF_MEMORY, message);
            case DISK -> failed(Code.NO_FREE_SPACE, message);
            case HOST_DISK -> error(Code.NO_FREE_SPACE, message);
            case LOG -> failed(Code.LOG_LIMIT, message);
            case SETUP -> error(Code.ROOT_FAILED, message);
        };
    }

    private static Failure failed(Code code, String message) {
        return new Failure(Outcome.FAILED, message, new Diagnosis(code, message));
    }

    private static Failure error(Code code, String message) {
        return new Failure(Outcome.ERROR, message, new Diagnosis(code, message));
    }
}
