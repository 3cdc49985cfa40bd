package dev.slipway.worker.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where control groups for memory and processes can be made: below the worker's own, of version 1 (one hierarchy per
 * controller) or 2 (where both controllers are handed down). Elsewhere there are none and other means limit a task.
 */
final class ControlGroups {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
    private static final String PREFIX = "slipway-";

    /** The directory to make groups in, by controller. */
    private final Map<String, Path> parents;

    private ControlGroups(Map<String, Path> parents) {
        this.parents = parents;
    }

    static ControlGroups none() {
        return new ControlGroups(Map.of());
    }

    /** Looks at the running system, and tries. */
    static ControlGroups detect() {
        Map<String, Path> parents = new TreeMap<>();
        try {
            Map<String, Path> mounts = mounts(Files.readAllLines(Path.of("/proc/self/mounts")));
            Map<String, String> own = own(Files.readAllLines(Path.of("/proc/self/cgroup")));
            for (String controller : List.of("memory", "pids")) {
                String hierarchy = mounts.containsKey(controller) ? controller : "";
                Path mount = mounts.get(hierarchy);
                if (mount == null) {
                    continue;
                }
                Path parent = mount.resolve(own.getOrDefault(hierarchy, "/").substring(1));
                if (usable(parent, controller, hierarchy.isEmpty())) {
                    parents.put(controller, parent);
                }
            }
        } catch (IOException e) {
            LOG.debug("no control groups", e);
        }
        return new ControlGroups(parents);
    }

    boolean has(String controller) {
        return parents.containsKey(controller);
    }

    /**
     * Makes a group with a task's limits.
     *
     * @param name unique on this machine
     */
    ControlGroup create(String name, Limits limits) throws IOException {
        Map<String, Path> groups = new TreeMap<>();
        for (Map.Entry<String, Path> parent : parents.entrySet()) {
            Path group = parent.getValue().resolve(PREFIX + name);
            if (!Files.isDirectory(group)) {
                Files.createDirectory(group);
            }
            groups.put(parent.getKey(), group);
        }
        ControlGroup group = new ControlGroup(groups);
        group.limit(limits);
        return group;
    }

    /** Removes what a dead worker's tasks left: groups whose name starts so. */
    void sweep(String namePrefix) {
        for (Path parent : List.copyOf(parents.values())) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + namePrefix + "*")) {
                for (Path group : left) {
                    Files.deleteIfExists(group);
                }
            } catch (IOException e) {
                LOG.warn("cannot remove a dead worker's control groups below {}", parent, e);
            }
        }
    }

    private static boolean usable(Path parent, String controller, boolean unified) {
        Path probe = parent.resolve(PREFIX + "probe-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(probe);
            try {
                String file = ControlGroup.limitFile(controller, unified);
                return Files.isWritable(probe.resolve(file));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            LOG.debug("no control group for {} below {}", controller, parent, e);
            return false;
        }
    }

    /** The mount point by controller; version 2's by the empty word. */
    private static Map<String, Path> mounts(List<String> lines) {
        Map<String, Path> mounts = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words[2].equals("cgroup2")) {
                mounts.put("", Path.of(words[1]));
            } else if (words[2].equals("cgroup")) {
                for (String option : words[3].split(",", -1)) {
                    mounts.putIfAbsent(option, Path.of(words[1]));
                }
            }
        }
        return mounts;
    }

    /** The worker's own group by controller. */
    private static Map<String, String> own(List<String> lines) {
        Map<String, String> own = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            List<String> controllers = new ArrayList<>(List.of(parts[1].split(",", -1)));
            controllers.forEach(controller -> own.put(controller, parts[2]));
        }
        return own;
    }
}
