package dev.slipway.worker.roots;

import dev.slipway.worker.sandbox.Limits;
import dev.slipway.worker.sandbox.Phase;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sandbox.Sandboxes;
import dev.slipway.worker.tools.Deadline;
import dev.slipway.worker.tools.Exit;
import dev.slipway.worker.tools.HostTools;
import dev.slipway.worker.tools.Scripts;
import dev.slipway.worker.tools.Supervision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes one root: fills an empty directory by the recipe's tool, then prepares it for tasks. */
final class RootMaker {
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(30), 4096, 20 * 1024, 4000, 64);

    private final Sandboxes sandboxes;
    private final DebianRoot debian;
    private final DnfRoot dnf;
    private final TarRoot tar;
    private final Path prepare;
    private final Path bridge;

    RootMaker(HostTools tools, Sandboxes sandboxes, Scripts scripts) {
        this.sandboxes = sandboxes;
        this.debian = new DebianRoot(tools);
        this.dnf = new DnfRoot(sandboxes, LIMITS);
        this.tar = new TarRoot(tools);
        this.prepare = scripts.file(RootMaker.class, "prepare.sh");
        this.bridge = scripts.file(RootMaker.class, "bridge.sh");
    }

    static String describe(Recipe recipe) {
        if (recipe instanceof Recipe.Mmdebstrap debian) {
            return debian.suite() + " (" + debian.variant() + ")";
        }
        if (recipe instanceof Recipe.Tar tar) {
            return tar.url();
        }
        return recipe instanceof Recipe.Dnf dnf ? "packages " + String.join(" ", dnf.packages()) : "the host";
    }

    /** Returns the whole root, a directory below {@code part}. */
    Path make(RootRequest request, Path part, Supervision given) throws IOException {
        Supervision supervision = new Supervision(given.log(), given.cancellation(), Deadline.after(LIMITS.time()));
        Path tree = Files.createDirectory(part.resolve("root"));
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (request.recipe() instanceof Recipe.Mmdebstrap recipe) {
            debian.fill(tree, recipe, request, supervision);
        } else if (request.recipe() instanceof Recipe.Dnf recipe) {
            dnf.fill(tree, recipe, request.arch(), supervision);
        } else if (request.recipe() instanceof Recipe.Tar recipe) {
            tar.fill(tree, recipe, supervision);
        } else {
            throw new RootException("the host itself is no root to make");
        }
        prepare(request, tree, supervision);
        return tree;
    }

    private void prepare(RootRequest request, Path tree, Supervision supervision) throws IOException {
        try (Sandbox sandbox = sandboxes.on(tree, "root", LIMITS, null, supervision)) {
            step(sandbox, "prepare", prepare, List.of("sh", "/slipway/script", request.rpm() ? "rpm" : "deb"));
            Path version = tree.resolve("etc/debian_version");
            if (request.rpm() && Files.exists(version)) {
                String word = Files.readString(version).trim().replaceAll("[^0-9A-Za-z.]", ".");
                step(
                        sandbox,
                        "describe",
                        bridge,
                        List.of("bash", "/slipway/script", word, Architectures.rpm(request.arch())));
            }
        }
    }

    private static void step(Sandbox sandbox, String what, Path script, List<String> line) {
        Exit exit = sandbox.run(Phase.tools(line).binding(Map.of("slipway/script", script)));
        if (!exit.ok()) {
            throw new RootException("could not " + what + " the new root: see the log");
        }
    }
}
