package dev.slipway.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control group of one task, in one or two hierarchies. */
final class ControlGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
    private static final int REMOVAL_ATTEMPTS = 50;

    private final Map<String, Path> groups;

    ControlGroup(Map<String, Path> groups) {
        this.groups = groups;
    }

    static String limitFile(String controller, boolean unified) {
        if (controller.equals("pids")) {
            return "pids.max";
        }
        return unified ? "memory.max" : "memory.limit_in_bytes";
    }

    List<Path> directories() {
        return groups.values().stream().distinct().toList();
    }

    void limit(Limits limits) throws IOException {
        Path memory = groups.get("memory");
        if (memory != null) {
            String bytes = Long.toString(limits.memoryMb() * 1024L * 1024);
            boolean unified = Files.exists(memory.resolve("memory.max"));
            Files.writeString(memory.resolve(limitFile("memory", unified)), bytes);
            Path swap = memory.resolve(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
            if (Files.exists(swap)) {
                Files.writeString(swap, unified ? "0" : bytes);
            }
        }
        Path pids = groups.get("pids");
        if (pids != null) {
            Files.writeString(pids.resolve("pids.max"), Integer.toString(limits.processes()));
        }
    }

    /** Whether the kernel killed one of the task's processes for memory. */
    boolean ranOutOfMemory() {
        return count("memory", "memory.events", "oom_kill ") + count("memory", "memory.oom_control", "oom_kill ") > 0;
    }

    /** Whether the kernel refused the task a process. */
    boolean ranOutOfProcesses() {
        return count("pids", "pids.events", "max ") > 0;
    }

    /** Removes the group. Its last processes may need a moment to be gone. */
    @Override
    public void close() {
        for (Path group : directories()) {
            try {
                remove(group);
            } catch (IOException e) {
                LOG.warn("the control group {} stays behind", group, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void remove(Path group) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.deleteIfExists(group);
                return;
            } catch (IOException e) {
                if (attempt == REMOVAL_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private long count(String controller, String file, String key) {
        Path group = groups.get(controller);
        if (group == null || !Files.exists(group.resolve(file))) {
            return 0;
        }
        try {
            return Files.readAllLines(group.resolve(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(key.length()).trim()))
                    .sum();
        } catch (IOException | NumberFormatException e) {
            LOG.warn("cannot read {} of {}", file, group, e);
            return 0;
        }
    }
}
