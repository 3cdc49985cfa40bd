package dev.slipway.worker.testing;

import dev.slipway.worker.apt.Apt;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.util.ArrayList;
import java.util.List;

/** A Debian root: its own apt and dpkg work. */
final class DebSystem implements InstalledSystem {
    private final Sandbox sandbox;
    private final Apt apt;

    DebSystem(Sandbox sandbox, Apt apt) {
        this.sandbox = sandbox;
        this.apt = apt;
    }

    @Override
    public Exit install(List<TestedPackage> packages, LogSink log) {
        List<String> line = new ArrayList<>(List.of("install"));
        packages.forEach(tested -> line.add(tested.name() + "=" + tested.version()));
        return apt.run(line, log);
    }

    @Override
    public Exit remove(List<TestedPackage> packages, LogSink log) {
        List<String> line = new ArrayList<>(List.of("purge"));
        packages.forEach(tested -> line.add(tested.name()));
        return apt.run(line, log);
    }

    @Override
    public List<String> problems(TestedPackage tested) {
        Captured state = sandbox.capture(
                Phase.root(List.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", tested.name())));
        if (!state.output().equals("ii  " + tested.version())) {
            return List.of(
                    "the state of " + tested.name() + " is \"" + state.output().trim() + "\", not installed");
        }
        Captured verified = sandbox.capture(Phase.root(List.of("dpkg", "--verify", tested.name())));
        return verified.lines().stream()
                .filter(line -> !line.matches("\\S{9}\\s+c\\s.*"))
                .toList();
    }

    @Override
    public List<String> files(TestedPackage tested) {
        return sandbox.capture(Phase.root(List.of("dpkg", "-L", tested.name()))).lines();
    }

    @Override
    public Exit satisfy(String dependencies, LogSink log) {
        return apt.run(List.of("satisfy", dependencies), log);
    }
}
