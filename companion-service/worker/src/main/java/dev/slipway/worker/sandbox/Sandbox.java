package dev.slipway.worker.sandbox;

import dev.slipway.worker.sandbox.SandboxException.Reason;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import dev.slipway.worker.tools.Privilege;
import dev.slipway.worker.tools.ProcessRunner;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The root of one task. Commands run one after the other; each sees what the former ones wrote, and no process outlives its
 * command. Closing it removes everything. For one thread.
 */
public final class Sandbox implements AutoCloseable {
    /** Home of the build user, in the root. */
    public static final String HOME = "/build";

    private static final int CAPTURED = 16 * 1024 * 1024;

    private final Place place;
    private final Limits limits;
    private final ControlGroup group;
    private final ControlGroups groups;
    private final Privilege privilege;
    private final ProcessRunner runner;
    private final Path script;
    private final Supervision supervision;
    private final Workspace workspace;
    private final AtomicLong logLeft;

    /** @param personality argument of setarch, for programs of a narrower architecture; else null */
    record Place(
            @Nullable Path lower,
            @Nullable Path target,
            Path directory,
            @Nullable String personality) {}

    Sandbox(
            Place place,
            Limits limits,
            ControlGroup group,
            ControlGroups groups,
            Privilege privilege,
            ProcessRunner runner,
            Path script,
            Supervision supervision,
            Workspace workspace) {
        this.place = place;
        this.limits = limits;
        this.group = group;
        this.groups = groups;
        this.privilege = privilege;
        this.runner = runner;
        this.script = script;
        this.supervision = supervision;
        this.workspace = workspace;
        this.logLeft = new AtomicLong(limits.logMb() * 1024L * 1024);
    }

    /** What every command finds in {@code /slipway/in}, read-only. */
    public Path in() {
        return place.directory().resolve("in");
    }

    /** What a command of a phase with {@code out} writes to {@code /slipway/out}. Don't trust what is in it. */
    public Path out() {
        return place.directory().resolve("out");
    }

    /** What commands with the host's tools find in {@code /scratch}. */
    public Path scratch() {
        return place.directory().resolve("scratch");
    }

    /** Puts a file into {@link #in()}, readable for all. */
    public void give(String name, String content) {
        try {
            Path file = in().resolve(name);
            Files.writeString(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " for the task", e);
        }
    }

    /** Puts a copy of a file into {@link #in()}, readable for all. */
    public void give(Path original) {
        try {
            Path file = in().resolve(String.valueOf(original.getFileName()));
            Files.copy(original, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + original.getFileName() + " for the task", e);
        }
    }

    /**
     * Runs a command; its output goes to the task's log.
     *
     * @return how it ended; timed out only by the phase's own timeout
     * @throws SandboxException when a limit stopped it or the sandbox could not be made
     */
    public Exit run(Phase phase) {
        return run(phase, supervision.log());
    }

    /** As {@link #run(Phase)}, with its output elsewhere. */
    public Exit run(Phase phase, LogSink log) {
        Command command = command(phase).limitedTo(Math.max(1, logLeft.get()));
        return checked(
                phase, () -> runner.run(command, counting(log), supervision.cancellation()), Function.identity());
    }

    /** As {@link #run(Phase, LogSink)}, with its standard error apart. */
    public Exit run(Phase phase, LogSink output, LogSink errors) {
        Command command = command(phase).limitedTo(Math.max(1, logLeft.get()));
        return checked(
                phase,
                () -> runner.run(command, counting(output), counting(errors), supervision.cancellation()),
                Function.identity());
    }

    /** Runs a command whose standard output is data; its standard error goes to the task's log. */
    public Captured capture(Phase phase) {
        return capture(phase, supervision.log());
    }

    /** As {@link #capture(Phase)}, with its standard error elsewhere. */
    public Captured capture(Phase phase, LogSink errors) {
        Command command = command(phase).limitedTo(CAPTURED);
        return checked(
                phase, () -> runner.capture(command, counting(errors), supervision.cancellation()), Captured::exit);
    }

    /** The task's log. */
    public LogSink log() {
        return supervision.log();
    }

    @Override
    public void close() {
        group.close();
        workspace.remove(place.directory());
    }

    private LogSink counting(LogSink log) {
        return (bytes, offset, length) -> {
            logLeft.addAndGet(-length);
            log.write(bytes, offset, length);
        };
    }

    private interface Running<T> {
        T run();
    }

    private <T> T checked(Phase phase, Running<T> running, Function<T, Exit> exit) {
        boolean memoryBefore = group.ranOutOfMemory();
        T result = running.run();
        Exit ended = exit.apply(result);
        checkVerdict();
        switch (ended.end()) {
            case OUTPUT_LIMIT ->
                throw new SandboxException(Reason.LOG, "the output exceeded " + limits.logMb() + " MB");
            case TIMED_OUT -> {
                if (phase.timeout() == null || supervision.deadline().isOver()) {
                    throw new SandboxException(
                            Reason.TIME,
                            "timed out after "
                                    + supervision.deadline().allowed().toSeconds() + " seconds");
                }
            }
            case BY_ITSELF -> {
                if (!ended.ok() && !memoryBefore && group.ranOutOfMemory()) {
                    throw new SandboxException(
                            Reason.MEMORY, "needed more than the " + limits.memoryMb() + " MB of memory it may use");
                }
            }
        }
        return result;
    }

    /** Whether the kernel refused this task a process because it had as many as it may. */
    public boolean ranOutOfProcesses() {
        return group.ranOutOfProcesses();
    }

    private void checkVerdict() {
        Path file = place.directory().resolve("verdict");
        if (!Files.exists(file)) {
            return;
        }
        String verdict;
        try {
            verdict = Files.readString(file).trim();
            Files.delete(file);
        } catch (IOException e) {
            throw new SandboxException(Reason.SETUP, "cannot read why the sandbox ended: " + e.getMessage());
        }
        String word = verdict.split(" ", 2)[0];
        throw switch (word) {
            case "disk" ->
                new SandboxException(Reason.DISK, "wrote more than the " + limits.diskMb() + " MB of disk it may use");
            case "disk-free" -> new SandboxException(Reason.HOST_DISK, "the worker's disk is full");
            case "memory" ->
                new SandboxException(
                        Reason.MEMORY, "needed more than the " + limits.memoryMb() + " MB of memory it may use");
            default -> new SandboxException(Reason.SETUP, "sandbox: " + verdict.replaceFirst("^setup ", ""));
        };
    }

    private Command command(Phase phase) {
        List<String> line = new ArrayList<>(privilege.isolate(phase.network()));
        line.addAll(List.of("--", "sh", script.toString()));
        phase.environment().forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(phase.arguments());
        Duration left = supervision.deadline().remaining();
        Duration timeout = phase.timeout() != null && phase.timeout().compareTo(left) < 0 ? phase.timeout() : left;
        return new Command(line, settings(phase), null, timeout, Long.MAX_VALUE);
    }

    private Map<String, String> settings(Phase phase) {
        Map<String, Path> binds = new LinkedHashMap<>();
        binds.put("slipway/in", in());
        binds.putAll(phase.binds());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        settings.put("S_MODE", privilege == Privilege.ROOT ? "root" : "rootless");
        settings.put("S_DIR", place.directory().toString());
        settings.put("S_LOWER", place.lower() == null ? "" : place.lower().toString());
        settings.put("S_TARGET", place.target() == null ? "" : place.target().toString());
        settings.put("S_VIEW", phase.view() == Phase.View.TARGET ? "target" : "tools");
        settings.put("S_USER", phase.user() == Phase.User.BUILD ? "build" : "root");
        settings.put("S_NETWORK", phase.network() ? "host" : "none");
        settings.put("S_PERSONALITY", place.personality() == null ? "" : place.personality());
        settings.put("S_CD", phase.directory());
        settings.put(
                "S_BINDS",
                binds.entrySet().stream()
                        .map(bind -> bind.getValue() + " " + bind.getKey() + "\n")
                        .collect(Collectors.joining()));
        settings.put("S_OUT", phase.out() ? out().toString() : "");
        settings.put(
                "S_CGROUPS", group.directories().stream().map(Path::toString).collect(Collectors.joining(" ")));
        settings.put("S_MEMORY_MB", Integer.toString(limits.memoryMb()));
        settings.put("S_DISK_MB", Integer.toString(limits.diskMb()));
        settings.put("S_PROCESSES", Integer.toString(limits.processes()));
        settings.put("S_WATCH_MEMORY", groups.has("memory") ? "no" : "yes");
        settings.put("S_LIMIT_PROCESSES", groups.has("pids") ? "no" : "yes");
        return settings;
    }
}
