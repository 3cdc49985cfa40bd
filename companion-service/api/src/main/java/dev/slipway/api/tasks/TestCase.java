package dev.slipway.api.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One case of a test run.
 *
 * @param status {@code passed}, {@code failed}, {@code skipped} or {@code error}
 * @param output the tail of what it printed
 * @param packageName the package it is about; null for one about all of them
 */
public record TestCase(
        String name,
        String status,
        @Nullable Long durationMs,
        @Nullable String output,
        @JsonProperty("package") @Nullable String packageName) {}
