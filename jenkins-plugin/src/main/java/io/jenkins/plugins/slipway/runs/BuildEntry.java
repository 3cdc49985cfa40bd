package io.jenkins.plugins.slipway.runs;

import dev.slipway.client.view.Matrix;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/** A build and its tasks. */
@Restricted(NoExternalUse.class)
public final class BuildEntry extends Entry {
    private static final int MOST_TASKS = 2000;

    private final ArrayList<TaskEntry> tasks;

    public BuildEntry(
            @NonNull String server,
            @NonNull String id,
            @CheckForNull String url,
            @CheckForNull String state,
            @CheckForNull String message,
            @NonNull List<TaskEntry> tasks) {
        super(server, id, url, state, message);
        this.tasks = Plain.first(tasks, MOST_TASKS);
    }

    @Exported(inline = true)
    @NonNull
    public List<TaskEntry> getTasks() {
        return Plain.view(tasks);
    }

    /** The tasks by source and platform, and by architecture. */
    @NonNull
    public Matrix<TaskEntry> getMatrix() {
        return Matrix.of(getTasks(), task -> task.getSource() + " \u00b7 " + task.getPlatform(), TaskEntry::getArch);
    }
}
