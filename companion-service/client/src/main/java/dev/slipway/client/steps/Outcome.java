package dev.slipway.client.steps;

import java.util.Map;

/**
 * How a step ends.
 *
 * @param message one line; why, unless all is well
 * @param result what the pipeline gets: texts, numbers, booleans, lists and maps of the plainest classes
 */
public record Outcome(Kind kind, String message, Map<String, Object> result) {
    /** What it means for the run. */
    public enum Kind {
        SUCCEEDED,
        /** The pipeline goes on and gets the result, but the run is unstable. */
        UNSTABLE,
        FAILED
    }

    static Outcome succeeded(String message, Map<String, Object> result) {
        return new Outcome(Kind.SUCCEEDED, message, result);
    }

    static Outcome failed(String message) {
        return new Outcome(Kind.FAILED, message, Map.of());
    }
}
