package dev.slipway.worker.roots;

import dev.slipway.worker.dnf.Dnf;
import dev.slipway.worker.dnf.DnfRepository;
import dev.slipway.worker.sandbox.Limits;
import dev.slipway.worker.sandbox.Sandbox;
import dev.slipway.worker.sandbox.Sandboxes;
import dev.slipway.worker.tools.Supervision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fills a root by dnf. */
final class DnfRoot {
    private final Sandboxes sandboxes;
    private final Limits limits;

    DnfRoot(Sandboxes sandboxes, Limits limits) {
        this.sandboxes = sandboxes;
        this.limits = limits;
    }

    void fill(Path tree, Recipe.Dnf recipe, String arch, Supervision supervision) {
        List<DnfRepository> repositories = recipe.repositories().stream()
                .map(repository -> new DnfRepository(repository.name(), repository.url(), repository.key(), 99))
                .toList();
        List<String> arguments = new ArrayList<>(List.of("install"));
        arguments.addAll(recipe.packages());
        try (Sandbox sandbox = sandboxes.on(tree, "root", limits, null, supervision)) {
            Dnf dnf = Dnf.configure(sandbox, repositories, recipe.releasever(), Architectures.rpm(arch));
            if (!sandbox.run(dnf.command(arguments)).ok()) {
                throw new RootException("dnf could not install the root: see the log");
            }
        }
    }
}
