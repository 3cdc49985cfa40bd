package dev.slipway.server.tests;

import dev.slipway.server.builds.BuildFeature;
import dev.slipway.server.platforms.Platforms;
import dev.slipway.server.tasks.TaskFeature;
import java.time.Clock;

/** Puts this feature together; it registers the kind of task that it knows and listens to ends of builds. */
public final class TestFeature {
    private TestFeature() {}

    public static Tests of(Clock clock, Platforms platforms, TaskFeature tasks, BuildFeature builds) {
        TestPlanner planner = new TestPlanner(platforms, tasks.store(), clock);
        tasks.kinds().register(new TestTaskKind());
        builds.end().listen(planner);
        return new Tests(planner, tasks.store(), tasks.ends());
    }
}
