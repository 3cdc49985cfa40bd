package dev.slipway.worker.testing;

import dev.slipway.worker.jobs.TestJob;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.tools.Captured;
import dev.slipway.worker.tools.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Unpacks sources in the root and finds the tests they bring: what debian/tests/control names, else the executable
 * {@code *.sh} and {@code *.bats} files of a folder {@code tests} at the top.
 */
final class SourceTests {
    private static final String PLACE = Sandbox.HOME + "/source-";

    private final Sandbox sandbox;
    private final Path unpackRpm;

    SourceTests(Sandbox sandbox, Scripts scripts) {
        this.sandbox = sandbox;
        this.unpackRpm = scripts.file(SourceTests.class, "unpack-rpm.sh");
    }

    /** @throws UnpackException when a source can't be unpacked */
    List<SourceTest> find(TestJob job) throws UnpackException {
        List<SourceTest> tests = new ArrayList<>();
        job.sources().forEach(sandbox::give);
        int number = 0;
        for (Path source : job.sources()) {
            String name = String.valueOf(source.getFileName());
            if (name.endsWith(".dsc")) {
                tests.addAll(ofTree(unpackDebian(name, number++), job.arch(), true));
            } else if (name.endsWith(".src.rpm")) {
                tests.addAll(ofTree(unpackRpm(name, number++), job.arch(), false));
            }
        }
        return tests;
    }

    static final class UnpackException extends Exception {
        private static final long serialVersionUID = 1L;

        UnpackException(String name) {
            super(name + " can't be unpacked: see the log");
        }
    }

    private String unpackDebian(String name, int number) throws UnpackException {
        String tree = PLACE + number;
        Phase phase = Phase.tools(List.of("dpkg-source", "--no-check", "-x", "/slipway/in/" + name, "/target" + tree))
                .as(Phase.User.BUILD)
                .in("/target" + Sandbox.HOME);
        if (!sandbox.run(phase).ok()) {
            throw new UnpackException(name);
        }
        return tree;
    }

    private String unpackRpm(String name, int number) throws UnpackException {
        Phase phase = Phase.tools(List.of("sh", "/slipway/unpack.sh", name, "/target" + PLACE + number))
                .as(Phase.User.BUILD)
                .in("/target" + Sandbox.HOME)
                .binding(Map.of("slipway/unpack.sh", unpackRpm));
        Captured unpacked = sandbox.capture(phase);
        if (!unpacked.exit().ok() || !unpacked.output().startsWith("/target" + PLACE)) {
            throw new UnpackException(name);
        }
        return unpacked.output().trim().substring("/target".length());
    }

    private List<SourceTest> ofTree(String tree, String arch, boolean debian) {
        Captured control = sandbox.capture(Phase.build(List.of("sh", "-c", "cat debian/tests/control 2>/dev/null"))
                .in(tree));
        if (debian && control.exit().ok()) {
            return new DebianTests(tree, arch).read(control.output());
        }
        List<SourceTest> tests = new ArrayList<>();
        for (String path : executables(tree)) {
            if (path.endsWith(".sh")) {
                tests.add(SourceTest.plain(path, List.of("./" + path), tree));
            } else if (hasBats()) {
                tests.add(SourceTest.plain(path, List.of("bats", "--tap", path), tree));
            } else {
                tests.add(SourceTest.notRun(path, "the root has no bats"));
            }
        }
        return tests;
    }

    private Set<String> executables(String tree) {
        Captured found = sandbox.capture(Phase.build(List.of(
                        "sh",
                        "-c",
                        "[ ! -d tests ] || find tests -maxdepth 1 -type f -executable"
                                + " \\( -name '*.sh' -o -name '*.bats' \\)"))
                .in(tree));
        return new TreeSet<>(found.lines());
    }

    private boolean hasBats() {
        return sandbox.capture(Phase.build(List.of("sh", "-c", "command -v bats")))
                .exit()
                .ok();
    }
}
