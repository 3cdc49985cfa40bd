package dev.slipway.api.tests;

import java.util.Map;

/**
 * The founding document's result of a test system.
 *
 * @param result stage by stage, each with {@code success}; {@code tests} holds the cases
 */
public record TestResult(String apiVersion, Map<String, Object> result) {}
