package dev.slipway.client.jenkinsfiles;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.client.SlipwayClient;
import dev.slipway.client.steps.BuildArguments;
import dev.slipway.client.steps.ComposeArguments;
import dev.slipway.client.steps.Outcome;
import dev.slipway.client.steps.Recording;
import dev.slipway.client.steps.ReleaseArguments;
import dev.slipway.client.steps.RemoteWork;
import dev.slipway.client.steps.SignArguments;
import dev.slipway.client.steps.StepMachine;
import dev.slipway.client.steps.TestArguments;
import dev.slipway.client.steps.WorkerArguments;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The steps by their names in pipelines, each run to its end by the code that runs it in Jenkins. */
final class BoundSteps {
    /** Arguments that only the Jenkins side of a step reads. */
    private static final Set<String> OF_JENKINS =
            Set.of("server", "junitFile", "credentialsId", "passphraseCredentialsId", "program");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final long SHORTEST_PAUSE_MS = 50;

    private final ObjectMapper arguments = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final SlipwayClient client;
    private final Runnable alive;
    final Recording console = new Recording();
    final List<String> called = new ArrayList<>();
    boolean unstable;

    /** @param alive fails when there is no use in waiting any longer */
    BoundSteps(SlipwayClient client, Runnable alive) {
        this.client = client;
        this.alive = alive;
    }

    /** A step failed, and the pipeline with it. */
    static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }

    Object call(String step, Map<?, ?> given) {
        called.add(step);
        Map<String, Object> named = new LinkedHashMap<>();
        given.forEach((name, value) -> named.put(String.valueOf(name), plain(value)));
        named.keySet().removeAll(OF_JENKINS);
        return run(
                switch (step) {
                    case "packageBuild" ->
                        arguments.convertValue(named, BuildArguments.class).work();
                    case "packageTest" ->
                        arguments.convertValue(named, TestArguments.class).work();
                    case "packageSign" ->
                        arguments.convertValue(named, SignArguments.class).work();
                    case "packageCompose" ->
                        arguments.convertValue(named, ComposeArguments.class).work();
                    case "packageRelease" ->
                        arguments.convertValue(named, ReleaseArguments.class).work();
                    case "packageWorker" ->
                        arguments.convertValue(named, WorkerArguments.class).work("some-agent");
                    default -> throw new IllegalArgumentException(step);
                });
    }

    private Object run(RemoteWork work) {
        StepMachine machine =
                new StepMachine(work, StepMachine.newMemory(), console, PATIENCE, Clock.systemUTC(), new Random());
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            alive.run();
            StepMachine.Next next = machine.advance(() -> client);
            Outcome outcome = next.outcome();
            if (outcome != null) {
                unstable |= outcome.kind() == Outcome.Kind.UNSTABLE;
                if (outcome.kind() == Outcome.Kind.FAILED) {
                    throw new StepFailed(outcome.message());
                }
                return outcome.result();
            }
            pause(Math.min(next.delay().toMillis(), SHORTEST_PAUSE_MS));
        }
        throw new StepFailed("no end of " + machine.waitingFor() + ": " + console.lines);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis); // what the controller's timer does between two rounds
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed("interrupted");
        }
    }

    /** What Jenkins makes of a script's values: its own kind of text becomes text. */
    private static Object plain(Object value) {
        if (value instanceof CharSequence) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), plain(inner)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream().map(BoundSteps::plain).toList()
                : value;
    }
}
