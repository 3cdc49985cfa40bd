package dev.slipway.api.identity;

import java.util.List;

/** One page of changes, newest first; {@code currentPage} counts from 1. */
public record AuditPage(List<AuditEvent> events, long totalEvents, int currentPage) {}
