package dev.slipway.worker.tools;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the host's own tools, outside any sandbox but killable as a whole. Thread-safe. */
public final class HostTools {
    private final ProcessRunner runner;
    private final Privilege privilege;
    private final Path guard;

    public HostTools(ProcessRunner runner, Privilege privilege, Scripts scripts) {
        this.runner = runner;
        this.privilege = privilege;
        this.guard = scripts.file(HostTools.class, "guard.sh");
    }

    public Privilege privilege() {
        return privilege;
    }

    /** As the worker's own user. */
    public Exit run(Command command, LogSink log, Cancellation cancellation) {
        return runner.run(guarded(privilege.guard(), command), log, cancellation);
    }

    /** As the worker's own user; its standard output is data. */
    public Captured capture(Command command, LogSink errors, Cancellation cancellation) {
        return runner.capture(guarded(privilege.guard(), command), errors, cancellation);
    }

    /** As root, of a user namespace where the worker isn't root itself. */
    public Exit runAsRoot(Command command, LogSink log, Cancellation cancellation) {
        return runner.run(guarded(privilege.guardAsRoot(), command), log, cancellation);
    }

    private Command guarded(List<String> start, Command command) {
        List<String> line = new ArrayList<>(start);
        line.addAll(List.of("--", "sh", guard.toString()));
        line.addAll(command.arguments());
        return new Command(line, command.environment(), command.directory(), command.timeout(), command.outputLimit());
    }
}
