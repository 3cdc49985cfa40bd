package dev.slipway.client.follow;

import dev.slipway.api.builds.Build;
import dev.slipway.api.builds.BuildTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is new about a build since it was last looked at. Not safe for use by several threads. */
public final class BuildProgress {
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "error", "excluded", "cancelled");

    private final Map<Long, String> known;

    public BuildProgress() {
        this(Map.of());
    }

    /** @param known states of tasks, by their ids, that are no news any more */
    public BuildProgress(Map<Long, String> known) {
        this.known = new HashMap<>(known);
    }

    /** The states that are no news any more, by the ids of their tasks. */
    public Map<Long, String> known() {
        return Map.copyOf(known);
    }

    /** One line for each task whose state changed since the last call, in the order of the request. */
    public List<String> news(Build build) {
        List<String> lines = new ArrayList<>();
        for (BuildTask task : build.tasks()) {
            add(lines, news(task));
        }
        for (Build.TestTask test : build.testTasks()) {
            add(lines, news(test));
        }
        return lines;
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    /** A line about one task if its state changed since the last call. */
    public @Nullable String news(BuildTask task) {
        return isNews(task.id(), task.state()) ? line(task) : null;
    }

    /** A line about one test if its state changed since the last call. */
    public @Nullable String news(Build.TestTask test) {
        return isNews(test.id(), test.state())
                ? "tests of %s/%s: %s%s".formatted(test.platform(), test.arch(), test.state(), reason(test.error()))
                : null;
    }

    private boolean isNews(long id, String state) {
        String before = known.put(id, state);
        return !state.equals(before) && !quiet(before, state);
    }

    /** Whether a task of that state neither waits nor runs. */
    public static boolean ended(String state) {
        return ENDED.contains(state);
    }

    private static boolean quiet(@Nullable String before, String now) {
        return now.equals("blocked") || (now.equals("ready") && (before == null || before.equals("blocked")));
    }

    private static String line(BuildTask task) {
        return "%s for %s/%s: %s%s"
                .formatted(
                        name(task.ref().url()),
                        task.platform().name(),
                        task.arch(),
                        task.state(),
                        reason(task.error()));
    }

    private static String reason(@Nullable String error) {
        return error == null ? "" : ": " + error;
    }

    /** Whether every task of the kind build has ended. */
    public static boolean built(Build build) {
        return build.finishedAt() != null;
    }

    /** Whether the build has ended and no test of it waits or runs. */
    public static boolean tested(Build build) {
        return built(build) && build.testTasks().stream().allMatch(t -> ended(t.state()));
    }

    /** Whether every task ended well; excluded ones count as such. */
    public static boolean succeeded(Build build) {
        return build.state().equals("succeeded");
    }

    /** The name that people give a source: the last part of its address, without {@code .git}. */
    public static String name(String url) {
        String path = url.replaceAll("[?#].*$", "").replaceAll("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.endsWith(".git") ? last.substring(0, last.length() - 4) : last;
    }
}
