package dev.slipway.api.signing;

/** Whether an external sign node's report was taken and the task is complete. */
public record SignTaskResult(boolean success) {}
