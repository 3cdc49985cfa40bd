package dev.slipway.cli.demo;

/** Checks within steps. */
final class Check {
    private Check() {}

    /** @throws IllegalStateException with {@code otherwise} when it does not hold */
    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
