package dev.slipway.server.builds;

import dev.slipway.server.builds.BuildPlan.PlannedPlatform;
import dev.slipway.server.builds.BuildPlan.PlannedSource;
import dev.slipway.server.builds.BuildPlan.PlannedTask;
import dev.slipway.server.workers.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns sources and platforms into tasks and their order.
 *
 * <p>Per source and platform one task makes the source package, and one per architecture builds it. A chained platform
 * takes the sources one after the other (by batch, then by place in the request), each architecture for itself; an
 * independent one lets a source wait only for all sources of the batch before its own. Of a Debian platform the first
 * architecture also makes the {@code Architecture: all} packages, so whoever waits for a source waits for that one too.
 */
final class BuildPlanner {
    private final List<PlannedTask> tasks = new ArrayList<>();

    private BuildPlanner() {}

    static BuildPlan plan(List<PlannedSource> sources, List<PlannedPlatform> platforms) {
        List<PlannedSource> ordered = sources.stream()
                .sorted(Comparator.comparingInt(PlannedSource::batch).thenComparingInt(PlannedSource::index))
                .toList();
        BuildPlanner planner = new BuildPlanner();
        for (PlannedPlatform platform : platforms) {
            planner.add(ordered, platform);
        }
        return new BuildPlan(List.copyOf(planner.tasks));
    }

    private void add(List<PlannedSource> sources, PlannedPlatform platform) {
        List<Integer> before = List.of();
        List<Integer> current = new ArrayList<>();
        int batch = 0;
        for (PlannedSource source : sources) {
            if (!current.isEmpty() && (!platform.independent() || source.batch() != batch)) {
                before = current;
                current = new ArrayList<>();
            }
            batch = source.batch();
            int sourceTask = tasks.size();
            tasks.add(new PlannedTask(source.index(), platform, Slots.SOURCE, false, -1, List.of()));
            for (String arch : platform.arches()) {
                boolean archAll = platform.format().equals("deb")
                        && arch.equals(platform.arches().get(0));
                Set<Integer> waitsFor = new LinkedHashSet<>(List.of(sourceTask));
                for (int earlier : before) {
                    PlannedTask task = tasks.get(earlier);
                    if (task.arch().equals(arch) || task.withArchAll()) {
                        waitsFor.add(earlier);
                    }
                }
                current.add(tasks.size());
                tasks.add(new PlannedTask(source.index(), platform, arch, archAll, sourceTask, List.copyOf(waitsFor)));
            }
        }
    }
}
