package dev.slipway.worker.sandbox;

import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.ProcessRunner;
import dev.slipway.worker.tools.Scripts;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes sandboxes, and at its start removes those that dead workers left. Thread-safe.
 *
 * <p>Limits of a task: its time by a timer; memory and processes by control groups where the worker may make some (root,
 * usually), else by a look at the task's resident memory every second together with RLIMIT_DATA per process, and by
 * RLIMIT_NPROC; disk by a look at what it wrote every second (less often where looking takes long) together with RLIMIT_FSIZE
 * per file, so that a task may exceed it by what it writes between two looks. A task is also stopped when less than 200 MB are
 * left on the worker's file system.
 */
public final class Sandboxes implements AutoCloseable {
    /** These are safe in the options of an overlay mount. */
    private static final Pattern SAFE_PATH = Pattern.compile("/[A-Za-z0-9/._+@-]*");

    private final ProcessRunner runner;
    private final HostTools tools;
    private final Path script;
    private final ControlGroups groups;
    private final Workspace workspace;

    /**
     * @param shared directory for running tasks, shared by workers; on a file system that can carry overlays
     * @throws IllegalArgumentException when {@code shared} has characters that mounts can't cope with
     */
    public Sandboxes(Path shared, ProcessRunner runner, HostTools tools, Scripts scripts) throws IOException {
        if (!SAFE_PATH.matcher(shared.toString()).matches()) {
            throw new IllegalArgumentException(
                    "the worker's directory may have letters, digits and /._+@- in its name only: " + shared);
        }
        this.runner = runner;
        this.tools = tools;
        this.script = scripts.file(Sandboxes.class, "sandbox.sh");
        this.groups = ControlGroups.detect();
        this.workspace = Workspace.open(shared, tools, groups);
    }

    /** A sandbox whose root is {@code lower}, which stays as it is, with what the commands write laid over it. */
    public Sandbox over(Path lower, String id, Limits limits, @Nullable String personality, Supervision supervision) {
        return open(lower, null, id, limits, personality, supervision);
    }

    /** A sandbox whose commands change the tree for good. */
    public Sandbox on(Path tree, String id, Limits limits, @Nullable String personality, Supervision supervision) {
        return open(null, tree, id, limits, personality, supervision);
    }

    /** Removes a tree that sandboxes wrote to. */
    public void remove(Path tree) {
        workspace.remove(tree);
    }

    private Sandbox open(
            @Nullable Path lower,
            @Nullable Path target,
            String id,
            Limits limits,
            @Nullable String personality,
            Supervision supervision) {
        try {
            Path directory = workspace.create(id);
            ControlGroup group = groups.create(workspace.name() + "-" + directory.getFileName(), limits);
            Sandbox.Place place = new Sandbox.Place(lower, target, directory, personality);
            return new Sandbox(place, limits, group, groups, tools.privilege(), runner, script, supervision, workspace);
        } catch (IOException e) {
            throw new SandboxException(
                    SandboxException.Reason.SETUP, "cannot make the task's directory: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}
