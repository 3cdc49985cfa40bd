package dev.slipway.worker.roots;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A clean root, ready for use below an overlay and never to be written to.
 *
 * @param tree the directory
 * @param personality as {@link Architectures#personality}
 */
public record Root(Path tree, @Nullable String personality) {
    /** Whether it is made of Debian packages, whatever is built in it. */
    public boolean hasApt() {
        return Files.exists(tree.resolve("usr/bin/apt-get"));
    }
}
