package dev.slipway.worker.tools;

import java.util.ArrayList;
import java.util.List;

/** Finds out with what rights the worker runs. */
public final class PrivilegeProbe {
    private static final String ROOTLESS_HELP =
            "an ordinary user needs the Debian package uidmap, a range of subordinate ids"
                    + " (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER) and a kernel that lets it make"
                    + " namespaces (sysctl kernel.unprivileged_userns_clone=1; kernel.apparmor_restrict_unprivileged_userns=0)";
    private static final String ROOT_HELP =
            "root needs the capability CAP_SYS_ADMIN: in a container, run it privileged, or run the worker as an ordinary user";

    private PrivilegeProbe() {}

    /**
     * Tries what jobs will do.
     *
     * @throws UnsupportedHostException that says what the machine lacks and how to give it
     */
    public static Privilege probe(ProcessRunner runner) {
        boolean root = isRoot(runner);
        Privilege privilege = root ? Privilege.ROOT : Privilege.ROOTLESS;
        List<String> line = new ArrayList<>(privilege.isolate(false));
        line.addAll(List.of("--", "mount", "-t", "tmpfs", "tmpfs", "/mnt"));
        Captured tried;
        try {
            tried = runner.capture(Command.of(line), LogSink.NONE, new Cancellation());
        } catch (ToolException e) {
            throw new UnsupportedHostException(e.getMessage() + ": install the Debian package util-linux");
        }
        if (!tried.exit().ok()) {
            throw new UnsupportedHostException(
                    "this worker can't make clean roots here: " + (root ? ROOT_HELP : ROOTLESS_HELP));
        }
        return privilege;
    }

    private static boolean isRoot(ProcessRunner runner) {
        return runner.capture(Command.of("id", "-u"), LogSink.NONE, new Cancellation())
                .output()
                .trim()
                .equals("0");
    }
}
