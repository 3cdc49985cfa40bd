package dev.slipway.worker.jobs;

import dev.slipway.worker.jobs.Diagnosis.Code;

/** Ends a job that can't succeed. Thrown within the engine; its callers get a result that says the same. */
public final class JobFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final Code code;

    private JobFailure(Outcome outcome, Code code, String message) {
        super(message);
        this.outcome = outcome;
        this.code = code;
    }

    /** The work ran, or would run, and the source is at fault. */
    public static JobFailure failed(Code code, String message) {
        return new JobFailure(Outcome.FAILED, code, message);
    }

    /** The worker, the platform or a repository is at fault. */
    public static JobFailure error(Code code, String message) {
        return new JobFailure(Outcome.ERROR, code, message);
    }

    public static JobFailure excluded(String message) {
        return new JobFailure(Outcome.EXCLUDED, Code.ARCH_EXCLUDED, message);
    }

    public Outcome outcome() {
        return outcome;
    }

    public Diagnosis diagnosis() {
        return new Diagnosis(code, String.valueOf(getMessage()));
    }
}
