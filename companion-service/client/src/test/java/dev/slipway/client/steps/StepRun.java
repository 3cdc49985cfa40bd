package dev.slipway.client.steps;

import dev.slipway.client.SlipwayClient;
import dev.slipway.client.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/** A step as a pipeline runs it, on a clock of its own. Can be ended and taken up again. */
final class StepRun {
    static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_ROUNDS = 2000;

    final TestClock clock = new TestClock();
    final Recording host = new Recording();
    private final Supplier<RemoteWork> work;
    private final StepMachine.Connector connector;
    private StepMachine machine;

    StepRun(Supplier<RemoteWork> work, SlipwayClient client) {
        this(work, () -> client);
    }

    StepRun(Supplier<RemoteWork> work, StepMachine.Connector connector) {
        this.work = work;
        this.connector = connector;
        this.machine = machine(Map.of());
    }

    private StepMachine machine(Map<String, String> memory) {
        return new StepMachine(work.get(), memory, host, PATIENCE, clock, new Random(1));
    }

    /** Forgets all but what was saved. */
    void restart() {
        machine = machine(host.saved);
    }

    StepMachine.Next round() {
        StepMachine.Next next = machine.advance(connector);
        clock.pass(next.delay());
        return next;
    }

    /** Goes on until the end. */
    Outcome end() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            StepMachine.Next next = round();
            if (next.outcome() != null) {
                return Objects.requireNonNull(next.outcome());
            }
        }
        throw new AssertionError("no end: " + host.lines);
    }

    boolean cancel() throws java.io.IOException {
        return machine.cancel(connector);
    }

    String waitingFor() {
        return machine.waitingFor();
    }
}
