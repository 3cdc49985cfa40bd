package dev.slipway.api.tests;

import dev.slipway.api.Copies;
import dev.slipway.api.tasks.TestCase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The test of one package in one revision of a build task's tests.
 *
 * @param packageRelease null for deb, whose version holds it
 * @param status 1 created, 2 started, 3 completed, 4 failed, 5 cancelled
 * @param altsResponse what the test system sent, as it was sent; empty before it did
 * @param taskId the task that a worker claims for this package and its siblings
 * @param cases cases about this package
 */
public record TestRun(
        long id,
        String packageName,
        String packageVersion,
        @Nullable String packageRelease,
        String packageArch,
        int status,
        String statusName,
        int revision,
        Map<String, Object> altsResponse,
        long taskId,
        List<TestCase> cases) {
    public TestRun {
        altsResponse = Copies.map(altsResponse);
        cases = Copies.list(cases);
    }
}
