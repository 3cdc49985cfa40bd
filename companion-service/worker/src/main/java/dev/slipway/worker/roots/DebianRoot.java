package dev.slipway.worker.roots;

import dev.slipway.worker.roots.RootRequest.Purpose;
import dev.slipway.worker.tools.Command;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Fills a root by mmdebstrap. */
final class DebianRoot {
    /** What rpmbuild and the scripts it calls need, find-debuginfo above all. */
    private static final List<String> RPM_TOOLS = List.of(
            "rpm", "debugedit", "elfutils", "dwz", "file", "patch", "bzip2", "xz-utils", "zstd", "unzip", "cpio");

    private static final List<String> RPM_TOOLCHAIN = List.of("gcc", "libc6-dev", "make");
    private static final List<String> DEB_TOOLS = List.of("build-essential", "fakeroot");
    private static final List<String> DEB_TOOLCHAIN = List.of("debhelper");
    private static final Path APT = Path.of("/etc/apt");

    private final HostTools tools;

    DebianRoot(HostTools tools) {
        this.tools = tools;
    }

    void fill(Path tree, Recipe.Mmdebstrap recipe, RootRequest request, Supervision supervision) throws IOException {
        Path parent = tree.resolveSibling("mmdebstrap");
        Files.createDirectory(parent);
        AptSources.Mirror mirror = mirror(recipe);
        Path sources = Files.write(parent.resolve("sources.list"), mirror.lines());
        List<String> line = new ArrayList<>(List.of(
                "mmdebstrap",
                "--mode=root",
                "--format=directory",
                "--variant=" + recipe.variant(),
                "--components=" + String.join(",", recipe.components()),
                "--architectures=" + Architectures.debian(request.arch()),
                "--aptopt=APT::Install-Recommends \"false\"",
                "--dpkgopt=force-unsafe-io"));
        Set<String> include = include(recipe, request);
        if (!include.isEmpty()) {
            line.add("--include=" + String.join(",", include));
        }
        if (!request.rpm()) {
            // Tasks install from these lists without fetching them again.
            line.add("--skip=cleanup/apt/lists");
        }
        mirror.keyrings().forEach(keyring -> line.add("--keyring=" + keyring));
        line.addAll(List.of(recipe.suite(), tree.toString(), sources.toString()));
        Command command = Command.of(line)
                .with("TMPDIR", parent.toString())
                .with("HOME", parent.toString())
                .within(Duration.ofMinutes(30));
        for (String proxy : List.of("http_proxy", "https_proxy", "no_proxy")) {
            String value = System.getenv(proxy);
            if (value != null) {
                command = command.with(proxy, value);
            }
        }
        if (!tools.runAsRoot(command, supervision.log(), supervision.cancellation())
                .ok()) {
            throw new RootException("mmdebstrap could not make a root of " + recipe.suite() + ": see the log");
        }
    }

    private static Set<String> include(Recipe.Mmdebstrap recipe, RootRequest request) {
        Set<String> include = new LinkedHashSet<>(recipe.include());
        if (request.purpose() == Purpose.BUILD) {
            if (recipe.include().isEmpty()) {
                include.addAll(request.rpm() ? RPM_TOOLCHAIN : DEB_TOOLCHAIN);
            }
            include.addAll(request.rpm() ? RPM_TOOLS : DEB_TOOLS);
        }
        return include;
    }

    private static AptSources.Mirror mirror(Recipe.Mmdebstrap recipe) throws IOException {
        if (recipe.mirror() != null) {
            return new AptSources.Mirror(
                    List.of("deb " + recipe.mirror() + " " + recipe.suite() + " "
                            + String.join(" ", recipe.components())),
                    Set.of());
        }
        AptSources.Mirror mirror = AptSources.read(APT).mirror(recipe.suite(), codename(), recipe.components());
        if (mirror == null) {
            throw new RootException("no mirror for " + recipe.suite()
                    + ": this machine's apt has none; name one as \"mirror\" in the platform's recipe");
        }
        return mirror;
    }

    private static String codename() throws IOException {
        return Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring("VERSION_CODENAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }
}
