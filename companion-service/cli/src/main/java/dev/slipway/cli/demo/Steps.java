package dev.slipway.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps of a run: announced, timed, and either held or ending the run with the reason. */
final class Steps {
    /** What a step does; it ends normally only when all that it checks holds. */
    interface Body {
        /** @return what was seen, in one line for the summary */
        String run() throws Exception;
    }

    private record Done(String name, Duration time, boolean held, String seen) {}

    private final PrintWriter out;
    private final boolean terminal;
    private final List<Done> done = new ArrayList<>();
    private final long begun = System.nanoTime();

    Steps(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Runs a step; throws {@link StepFailedException} when it does not hold. */
    void step(String name, Body body) throws InterruptedException {
        out.println();
        out.println(bold("== " + name));
        out.flush();
        long start = System.nanoTime();
        try {
            String seen = body.run();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            done.add(new Done(name, time, true, seen));
            say("held in " + seconds(time) + ": " + seen);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            done.add(new Done(name, Duration.ofNanos(System.nanoTime() - start), false, why));
            throw new StepFailedException(name, why, e);
        }
    }

    /** One line of progress within a step. */
    void say(String line) {
        out.println("   " + line);
        out.flush();
    }

    /** The table of all steps with their times. */
    void summary(List<String> notes) {
        int width = done.stream().mapToInt(d -> d.name().length()).max().orElse(0);
        out.println();
        out.println(bold("Summary"));
        for (Done step : done) {
            out.printf(
                    "  %-6s  %-" + width + "s  %8s  %s%n",
                    step.held() ? "held" : "FAILED",
                    step.name(),
                    seconds(step.time()),
                    step.seen());
        }
        out.printf("  %-6s  %-" + width + "s  %8s%n", "", "all", seconds(Duration.ofNanos(System.nanoTime() - begun)));
        notes.forEach(note -> out.println("  " + note));
        out.flush();
    }

    private static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }

    private String bold(String text) {
        return terminal ? "\u001B[1m" + text + "\u001B[0m" : text;
    }
}
