package dev.slipway.worker.tools;

/**
 * What the tools of one task have in common.
 *
 * @param log where their output goes
 * @param deadline when the task's time is over
 */
public record Supervision(LogSink log, Cancellation cancellation, Deadline deadline) {
    public Supervision withLog(LogSink other) {
        return new Supervision(other, cancellation, deadline);
    }
}
