package dev.slipway.api.tests;

import dev.slipway.api.Copies;
import java.util.List;

/** The answer to a restart: the new revision and its tasks. */
public record TestRestart(int revision, List<Long> taskIds) {
    public TestRestart {
        taskIds = Copies.list(taskIds);
    }
}
