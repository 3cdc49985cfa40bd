package dev.slipway.worker.jobs;

import dev.slipway.api.tasks.TestCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a test job ended: {@link Outcome#FAILED} when a case failed, {@link Outcome#ERROR} when none could run.
 *
 * @param message one line for people; null when it succeeded
 * @param cases in the order in which they ran
 * @param rootPackages what the root held with the tested packages in it
 */
public record TestResult(
        Outcome outcome,
        @Nullable String message,
        @Nullable Diagnosis diagnosis,
        List<TestCase> cases,
        List<String> rootPackages) {
    public TestResult {
        cases = List.copyOf(cases);
        rootPackages = List.copyOf(rootPackages);
    }
}
