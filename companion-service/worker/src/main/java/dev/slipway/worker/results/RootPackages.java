package dev.slipway.worker.results;

import dev.slipway.worker.roots.Root;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lists what a root holds: a build's environment. */
public final class RootPackages {
    private RootPackages() {}

    /** "name version" of every package, sorted; rpm's with release and architecture. */
    public static List<String> of(Sandbox sandbox, Root root, boolean rpm) {
        List<String> lines = new ArrayList<>();
        if (root.hasApt()) {
            lines.addAll(lines(
                    sandbox,
                    List.of("dpkg-query", "--admindir=/target/var/lib/dpkg", "-W", "-f", "${Package} ${Version}\n")));
        }
        if (rpm) {
            lines.addAll(lines(
                    sandbox,
                    List.of(
                            "rpm",
                            "--root",
                            "/target",
                            "--dbpath",
                            "/var/lib/rpm",
                            "-qa",
                            "--qf",
                            "%{NAME} %{EVR}.%{ARCH}\n")));
            lines.removeIf(line -> line.startsWith("slipway-bridge ") || line.startsWith("gpg-pubkey "));
        }
        return List.copyOf(new TreeSet<>(lines));
    }

    private static List<String> lines(Sandbox sandbox, List<String> query) {
        return sandbox.capture(Phase.tools(query)).lines();
    }
}
