package io.jenkins.plugins.slipway.runs;

import dev.slipway.client.view.Matrix;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** A build and its tasks; if there are too many, those that ended well are left out first. */
@Restricted(NoExternalUse.class)
public final class BuildEntry extends Entry implements Lined<BuildEntry> {
    private final ArrayList<TaskEntry> tasks;
    private final int total;

    public BuildEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull List<TaskEntry> tasks) {
        super(server, id, url, state, message);
        this.tasks = worthKeeping(tasks, SlipwayRunAction.MOST_LINES);
        this.total = tasks.size();
    }

    private BuildEntry(BuildEntry whole, int most) {
        super(whole);
        this.tasks = worthKeeping(whole.getTasks(), most);
        this.total = whole.getTotal();
    }

    /** In their order. */
    private static ArrayList<TaskEntry> worthKeeping(List<TaskEntry> tasks, int most) {
        long good = tasks.stream().filter(BuildEntry::isGood).count();
        AtomicLong room = new AtomicLong(Math.max(0, most - (tasks.size() - good)));
        return Plain.first(
                tasks.stream()
                        .filter(task -> !isGood(task) || room.getAndDecrement() > 0)
                        .toList(),
                most);
    }

    private static boolean isGood(TaskEntry task) {
        return task.getMark() == StateMark.SUCCEEDED;
    }

    @Override
    public int lines() {
        return getTasks().size();
    }

    @Override
    @NonNull
    public BuildEntry shortened(int most) {
        return new BuildEntry(this, most);
    }

    @Exported(inline = true)
    @NonNull
    public List<TaskEntry> getTasks() {
        return Plain.view(tasks);
    }

    /** How many tasks the build has, which may be more than are kept here. */
    @Exported
    public int getTotal() {
        return Math.max(total, lines());
    }

    /** How many tasks of the build are not kept here. */
    public int getOmitted() {
        return getTotal() - lines();
    }

    /** The tasks by source and platform, and by architecture. */
    @NonNull
    public Matrix<TaskEntry> getMatrix() {
        return Matrix.of(getTasks(), task -> task.getSource() + " \u00b7 " + task.getPlatform(), TaskEntry::getArch);
    }
}
