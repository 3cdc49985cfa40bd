package dev.slipway.server.tests;

import dev.slipway.api.tasks.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A test system's own result: stage by stage, each with {@code success}. Below {@code tests} each test stands by name, with
 * {@code success} and its {@code output}; an output in the Test Anything Protocol counts point by
 * point, one in JUnit's XML case by case. {@code revoked} says
 * that nothing was tested.
 */
final class FoundingResult {
    private FoundingResult() {}

    static TestStatus status(Map<String, Object> result, List<TestCase> cases) {
        if (Boolean.TRUE.equals(result.get("revoked"))) {
            return TestStatus.CANCELLED;
        }
        boolean bad = result.values().stream().anyMatch(FoundingResult::hasFailed)
                || cases.stream().map(TestCase::status).anyMatch(Set.of("failed", "error")::contains);
        return bad ? TestStatus.FAILED : TestStatus.COMPLETED;
    }

    private static boolean hasFailed(@Nullable Object stage) {
        return stage instanceof Map<?, ?> facts && Boolean.FALSE.equals(facts.get("success"));
    }

    /** The cases, all about one package. */
    static List<TestCase> cases(Map<String, Object> result, String packageName) {
        List<TestCase> cases = new ArrayList<>();
        if (result.get("tests") instanceof Map<?, ?> tests) {
            tests.forEach((name, facts) -> cases.addAll(cases(String.valueOf(name), facts, packageName)));
        }
        return cases;
    }

    private static List<TestCase> cases(String name, @Nullable Object facts, String packageName) {
        String output = facts instanceof Map<?, ?> map && map.get("output") instanceof String text ? text : null;
        Optional<List<TapLog.Point>> points = output == null ? Optional.empty() : TapLog.read(output);
        if (points.isPresent()) {
            return points.get().stream()
                    .map(point -> new TestCase(
                            name + ": " + point.name(),
                            point.status().equals("todo") ? "skipped" : point.status(),
                            null,
                            point.output().isEmpty() ? null : point.output(),
                            packageName))
                    .toList();
        }
        Optional<List<TestCase>> xml = output == null ? Optional.empty() : JUnitLog.read(output, name, packageName);
        if (xml.isPresent()) {
            return xml.get();
        }
        return List.of(new TestCase(name, hasFailed(facts) ? "failed" : "passed", null, output, packageName));
    }
}
