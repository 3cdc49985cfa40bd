package dev.slipway.worker.testing;

import dev.slipway.api.tasks.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects the cases of a test job. */
final class Cases {
    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 200;

    private final List<TestCase> cases = new ArrayList<>();

    void add(String name, String status, long startNanos, String output, @Nullable String packageName) {
        if (cases.size() < MOST) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            String shown = name.replaceAll("\\p{Cntrl}", "?");
            cases.add(new TestCase(
                    shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME),
                    status,
                    millis,
                    output,
                    packageName));
        }
    }

    List<TestCase> all() {
        return List.copyOf(cases);
    }

    /** Names of those that did not go well. */
    List<String> bad() {
        return cases.stream()
                .filter(one -> "failed".equals(one.status()) || "error".equals(one.status()))
                .map(one -> String.valueOf(one.name()))
                .toList();
    }
}
