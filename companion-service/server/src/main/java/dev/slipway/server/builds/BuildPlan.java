package dev.slipway.server.builds;

import java.util.List;

/** The tasks of a build, in the order they are written; each refers to earlier ones only. */
record BuildPlan(List<PlannedTask> tasks) {

    /**
     * @param source position in the request
     * @param arch {@code src} for the task that makes the source package
     * @param sourceTask position in the plan of the task that makes its source package; -1 for that task itself
     * @param dependsOn positions in the plan
     */
    record PlannedTask(
            int source,
            PlannedPlatform platform,
            String arch,
            boolean withArchAll,
            int sourceTask,
            List<Integer> dependsOn) {}

    /** @param independent whether sources don't wait for packages of earlier ones */
    record PlannedPlatform(long id, String format, List<String> arches, boolean independent, int timeoutSeconds) {}

    record PlannedSource(int index, int batch) {}
}
