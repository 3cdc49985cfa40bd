package dev.slipway.worker.testing;

import dev.slipway.worker.dnf.Dnf;
import dev.slipway.worker.jobs.TestJob.TestedPackage;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.LogSink;
import java.util.ArrayList;
import java.util.List;

/** An RPM root: the host's dnf and rpm work on it. */
final class RpmSystem implements InstalledSystem {
    private static final List<String> RPM = List.of("rpm", "--root", "/target", "--dbpath", "/var/lib/rpm");

    private final Sandbox sandbox;
    private final Dnf dnf;

    RpmSystem(Sandbox sandbox, Dnf dnf) {
        this.sandbox = sandbox;
        this.dnf = dnf;
    }

    @Override
    public Exit install(List<TestedPackage> packages, LogSink log) {
        return dnf("install", packages, log);
    }

    @Override
    public Exit remove(List<TestedPackage> packages, LogSink log) {
        return dnf("remove", packages, log);
    }

    @Override
    public List<String> problems(TestedPackage tested) {
        Captured verified = sandbox.capture(rpm(List.of("-V", nevra(tested))));
        // "c" marks configuration, which scriptlets may well change.
        List<String> lines = verified.lines().stream()
                .filter(line -> !line.matches("\\S{9}\\s+c\\s.*"))
                .toList();
        if (lines.isEmpty() && !verified.exit().ok() && verified.output().isBlank()) {
            return List.of("rpm -V could not be run: see the log");
        }
        return lines;
    }

    @Override
    public List<String> files(TestedPackage tested) {
        return sandbox.capture(rpm(List.of("-ql", nevra(tested)))).lines();
    }

    @Override
    public Exit satisfy(String dependencies, LogSink log) {
        throw new UnsupportedOperationException("Debian dependencies in an RPM root");
    }

    private Exit dnf(String verb, List<TestedPackage> packages, LogSink log) {
        List<String> line = new ArrayList<>(List.of(verb));
        if (verb.equals("remove")) {
            line.add("--noautoremove");
        }
        packages.forEach(tested -> line.add(nevra(tested)));
        return sandbox.run(dnf.command(line), log);
    }

    private static Phase rpm(List<String> arguments) {
        List<String> line = new ArrayList<>(RPM);
        line.addAll(arguments);
        return Phase.tools(line);
    }

    private static String nevra(TestedPackage tested) {
        return tested.name() + "-" + tested.version() + "-" + tested.release() + "." + tested.arch();
    }
}
