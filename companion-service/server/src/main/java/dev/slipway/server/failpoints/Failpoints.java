package dev.slipway.server.failpoints;

import org.jspecify.annotations.Nullable;

/**
 * Points at which a test halts the process, to prove that nothing is lost by a crash there. Without the system property
 * {@value #PROPERTY} nothing ever happens.
 */
public final class Failpoints {
    /** Names the point to halt at: {@code area.step}, or {@code area.step:3} for the third time it is reached. */
    public static final String PROPERTY = "slipway.failpoint";

    /** The exit status of a process that was halted here, as of one killed by SIGKILL. */
    public static final int EXIT_STATUS = 137;

    private static final @Nullable Armed ARMED = Armed.of(System.getProperty(PROPERTY));

    private Failpoints() {}

    /** Halts the process, without shutdown hooks, when {@code name} is the point that a test asked for. */
    public static void reach(String name) {
        if (ARMED != null && ARMED.isDue(name)) {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    private static final class Armed {
        private final String name;
        private int left;

        private Armed(String name, int left) {
            this.name = name;
            this.left = left;
        }

        static @Nullable Armed of(@Nullable String property) {
            if (property == null || property.isBlank()) {
                return null;
            }
            int colon = property.indexOf(':');
            return colon < 0
                    ? new Armed(property, 1)
                    : new Armed(property.substring(0, colon), Integer.parseInt(property.substring(colon + 1)));
        }

        synchronized boolean isDue(String reached) {
            return reached.equals(name) && --left <= 0;
        }
    }
}
