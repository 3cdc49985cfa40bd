package dev.slipway.cli;

import org.jspecify.annotations.Nullable;

/** The environment variables that stand in for options. */
final class Environment {
    private Environment() {}

    /** A variable's text without the white space around it; null when it is not set or blank. */
    static @Nullable String of(String name) {
        String text = System.getenv(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
