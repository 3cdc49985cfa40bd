package io.jenkins.plugins.slipway.runs;

import java.io.IOException;
import java.util.List;

/** An action with one of everything. */
final class Samples {
    static final TaskEntry TASK = new TaskEntry(
            "main", "17", "https://companion.example/tasks/17", "failed", "%check said no", "wordfreq", "el9", "src");
    static final BuildEntry BUILD = new BuildEntry(
            "main", "5", "https://companion.example/builds/5", "running", "one of two done", List.of(TASK));
    static final TestEntry TEST = new TestEntry(
            "main",
            "31",
            "https://companion.example/tasks/31",
            "failed",
            "1 of 3",
            "5",
            "el9",
            "x86_64",
            2,
            0,
            List.of("counts words"));
    static final SignatureEntry SIGNATURE = new SignatureEntry(
            "main", "40", "https://companion.example/tasks/40", "completed", "all", "5", "release", "9F2C", 3);
    static final ComposeEntry COMPOSE = new ComposeEntry(
            "main", "8", "https://companion.example/repos/composes/8/", "done", "reused", true, 3, 1793534400000L);
    static final ReleaseEntry RELEASE = new ReleaseEntry(
            "main",
            "2",
            "https://companion.example/releases/2",
            "completed",
            "all switched",
            "el9",
            "demo",
            false,
            List.of(new PlanLine("wordfreq-1.2-1.x86_64", "demo/el9/x86_64")),
            List.of("wordfreq: not tested"));

    private Samples() {}

    static SlipwayRunAction action(boolean readable) throws IOException {
        SlipwayRunAction action = new SlipwayRunAction();
        action.onAttached(new FakeRun(readable));
        action.put(BUILD);
        action.put(TEST);
        action.put(SIGNATURE);
        action.put(COMPOSE);
        action.put(RELEASE);
        return action;
    }
}
