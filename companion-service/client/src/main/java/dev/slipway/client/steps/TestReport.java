package dev.slipway.client.steps;

import dev.slipway.api.builds.Build;
import dev.slipway.api.tasks.TestCase;
import java.util.List;

/** What the tests on one platform and architecture found. */
record TestReport(Build.TestTask task, List<TestCase> cases) {
    TestReport {
        cases = List.copyOf(cases);
    }

    String place() {
        return task.platform() + "/" + task.arch();
    }

    int passed() {
        return (int) cases.stream().filter(c -> c.status().equals("passed")).count();
    }

    int skipped() {
        return (int) cases.stream().filter(c -> c.status().equals("skipped")).count();
    }

    /** Those that failed or could not run. */
    List<TestCase> failed() {
        return cases.stream()
                .filter(c -> c.status().equals("failed") || c.status().equals("error"))
                .toList();
    }

    boolean good() {
        return task.state().equals("succeeded") && failed().isEmpty();
    }
}
