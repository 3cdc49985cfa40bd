package dev.slipway.worker.testing;

import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs tests, each without network and, unless it needs root, as an unprivileged user, and makes cases of them. */
final class TestRunner {
    private static final int SKIPPED = 77;

    private final Sandbox sandbox;
    private final InstalledSystem system;
    private final Cases cases;
    private final Duration timeout;

    /** @param timeout of one test */
    TestRunner(Sandbox sandbox, InstalledSystem system, Cases cases, Duration timeout) {
        this.sandbox = sandbox;
        this.system = system;
        this.cases = cases;
        this.timeout = timeout;
    }

    void run(SourceTest test) {
        long start = System.nanoTime();
        String name = "test: " + test.name();
        sandbox.log().line("Test " + test.name());
        if (test.skipped() != null) {
            cases.add(name, "skipped", start, test.skipped(), null);
            return;
        }
        if (!test.dependencies().isEmpty()) {
            Tail tail = new Tail(sandbox.log());
            if (!system.satisfy(test.dependencies(), tail).ok()) {
                cases.add(name, "error", start, "its dependencies can't be installed\n" + tail.text(), null);
                return;
            }
        }
        TapOutput output = new TapOutput(sandbox.log());
        Tail all = new Tail(output);
        Tail errors = new Tail(all);
        Exit exit = sandbox.run(phase(test), all, errors);
        output.end();
        report(test, name, exit, output.tap, all, !errors.isEmpty(), start);
    }

    private void report(SourceTest test, String name, Exit exit, Tap tap, Tail output, boolean complained, long start) {
        boolean skipped = test.optional() && exit.code() == SKIPPED;
        if (tap.spoken() && !skipped) {
            tap.points().forEach(point -> cases.add(name + ": " + point.name(), point.status(), start, "", null));
            boolean told =
                    tap.points().stream().anyMatch(point -> !point.status().equals("passed"));
            if (exit.ok() || (exit.end() == Exit.End.BY_ITSELF && told)) {
                return;
            }
        }
        String status = exit.ok() ? "passed" : "failed";
        @Nullable String why = null;
        if (skipped) {
            status = "skipped";
        } else if (exit.end() == Exit.End.TIMED_OUT) {
            status = "error";
            why = "timed out after " + timeout.toSeconds() + " seconds";
        } else if (!exit.ok()) {
            why = "exit code " + exit.code();
        } else if (test.silent() && complained) {
            status = "failed";
            why = "wrote to standard error, which counts as failure without the restriction allow-stderr";
        }
        if (test.flaky() && !status.equals("passed")) {
            why = "flaky, so this does not count: " + status;
            status = "skipped";
        }
        cases.add(name, status, start, output.text() + (why == null ? "" : "[" + why + "]\n"), null);
    }

    private Phase phase(SourceTest test) {
        Phase phase = test.asRoot() ? Phase.root(test.command()) : Phase.build(test.command());
        String temporary = test.asRoot() ? "/root" : Sandbox.HOME;
        return phase.in(test.directory())
                .within(timeout)
                .with(Map.of(
                        "AUTOPKGTEST_TMP", temporary,
                        "AUTOPKGTEST_ARTIFACTS", temporary,
                        "AUTOPKGTEST_NORMAL_USER", "build"));
    }

    private static final class TapOutput extends LineSink {
        private final Tap tap = new Tap();

        TapOutput(LogSink sink) {
            super(sink);
        }

        @Override
        void seen(String line) {
            tap.line(line);
        }
    }
}
