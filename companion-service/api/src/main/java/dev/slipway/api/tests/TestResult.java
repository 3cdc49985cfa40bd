package dev.slipway.api.tests;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The founding document's result of a test system.
 *
 * @param result stage by stage, each with {@code success}; {@code tests} holds the cases
 */
public record TestResult(
        @Nullable String apiVersion, @Nullable Map<String, Object> result) {}
