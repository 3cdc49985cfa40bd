package dev.slipway.api.signing;

import java.util.List;

/** One page of the list of sign tasks. */
public record SignTaskPage(List<SignTask> signTasks, long totalSignTasks, int currentPage) {}
