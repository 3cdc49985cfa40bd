package dev.slipway.cli;

import java.nio.file.Path;

/** The directory where processes started by this program keep their state: SLIPWAY_VAR, else {@code var} here. */
public final class Var {
    private Var() {}

    public static Path directory() {
        String given = System.getenv("SLIPWAY_VAR");
        return Path.of(given == null || given.isBlank() ? "var" : given).toAbsolutePath();
    }
}
