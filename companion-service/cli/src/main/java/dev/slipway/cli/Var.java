package dev.slipway.cli;

import java.nio.file.Path;
import java.util.Objects;

/** The directory where processes started by this program keep their state: SLIPWAY_VAR, else {@code var} here. */
public final class Var {
    private Var() {}

    public static Path directory() {
        return Path.of(Objects.requireNonNullElse(Environment.of("SLIPWAY_VAR"), "var"))
                .toAbsolutePath();
    }
}
