package dev.slipway.worker.tools;

import java.util.ArrayList;
import java.util.List;

/** With what rights the worker runs, and so how namespaces are made. */
public enum Privilege {
    /** Root that may mount. */
    ROOT,
    /** An ordinary user with a range of subordinate ids: becomes root of a user namespace. */
    ROOTLESS;

    /** Starts a command line that ends, with all it started, when its first process does. It runs as the worker's user. */
    public List<String> guard() {
        return switch (this) {
            case ROOT -> unshare("--pid");
            case ROOTLESS -> unshare("--user", "--map-current-user", "--pid");
        };
    }

    /** As {@link #guard()}, but as (namespaced) root and with mounts of its own. */
    public List<String> guardAsRoot() {
        return switch (this) {
            case ROOT -> unshare("--mount", "--pid");
            case ROOTLESS -> unshare("--user", "--map-auto", "--map-root-user", "--mount", "--pid");
        };
    }

    /** As {@link #guardAsRoot()}, with interprocess communication, host name and, unless {@code network}, network of its own. */
    public List<String> isolate(boolean network) {
        List<String> line = new ArrayList<>(guardAsRoot());
        line.add("--ipc");
        line.add("--uts");
        if (!network) {
            line.add("--net");
        }
        return line;
    }

    private static List<String> unshare(String... options) {
        List<String> line = new ArrayList<>(List.of("unshare", "--fork", "--kill-child"));
        line.addAll(List.of(options));
        return line;
    }
}
