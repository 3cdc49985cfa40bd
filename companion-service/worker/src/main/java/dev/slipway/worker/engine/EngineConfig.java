package dev.slipway.worker.engine;

import java.nio.file.Path;

/**
 * How an engine is set up.
 *
 * @param home a directory of the worker's, made when missing. Roots are kept in {@code roots}, running jobs in {@code jobs};
 *     several workers of one user may share it. Builds write gigabytes here.
 * @param localSources whether sources and repositories may be named by {@code file:} URLs
 * @param maxSourceMb largest source repository or source package that is fetched
 */
public record EngineConfig(Path home, boolean localSources, int maxSourceMb) {
    public EngineConfig {
        home = home.toAbsolutePath().normalize();
        if (maxSourceMb < 1) {
            throw new IllegalArgumentException("maxSourceMb is 1 or more");
        }
    }

    public static EngineConfig in(Path home) {
        return new EngineConfig(home, false, 2048);
    }
}
